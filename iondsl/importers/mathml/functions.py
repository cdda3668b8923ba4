"""The operators and functions of MathML in the language: how many operands each takes, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce

from iondsl.immutable import frozen
from iondsl.importers.mathml.definitions import DEFINITIONS, REMAINDER, defined
from iondsl.importers.mathml.numbers import pure
from iondsl.importers.xml import Element
from iondsl.source import Span
from iondsl.syntax import Binary, Call, Expression, Logic, Name, Number, Unary

COMPARISONS = {"eq": "==", "neq": "!=", "lt": "<", "leq": "<=", "gt": ">", "geq": ">="}
LOGIC = ("and", "or", "xor")


@frozen
class Operands:
    """An `<apply>`: its element, that of its operator, its operands, and its `<degree>` or `<logbase>`."""

    element: Element
    head: Element
    numbers: tuple[Expression, ...]
    qualifier: Expression | None = None

    @property
    def span(self) -> Span:
        return self.element.span

    def call(self, name: str, *arguments: Expression) -> Call:
        return Call(Name((name,), self.head.span), arguments, (), self.span)


@frozen
class Function:
    """`most` is None where there may be any number of operands; `qualifier` is the one that it takes.

    `repeats` is whether what it becomes may have an operand twice.
    """

    build: Callable[[Operands], Expression]
    least: int = 1
    most: int | None = 1
    qualifier: str = ""
    repeats: bool = False


def folded(operator: str, empty: str, given: Operands) -> Expression:
    """`a + b + c`, from the left; without operands what changes nothing."""
    if not given.numbers:
        return pure(empty, given.span)
    *others, last = given.numbers
    if not others:
        return last
    left = reduce(lambda left, right: Binary(operator, left, right, left.span.to(right.span)), others)
    return Binary(operator, left, last, given.span)


def chained(operator: str, conditions: Sequence[Expression]) -> Expression:
    return reduce(lambda left, right: Logic(operator, left, right, left.span.to(right.span)), conditions)


def binary(operator: str, given: Operands) -> Expression:
    left, right = given.numbers
    return Binary(operator, left, right, given.span)


def minus(given: Operands) -> Expression:
    if len(given.numbers) == 1:
        return Unary("-", given.numbers[0], given.span)
    return binary("-", given)


def root(given: Operands) -> Expression:
    if given.qualifier is None or is_number(given.qualifier, 2):
        return given.call("sqrt", *given.numbers)
    exponent = Binary("/", pure("1", given.span), given.qualifier, given.qualifier.span)
    return Binary("^", given.numbers[0], exponent, given.span)


def logarithm(given: Operands) -> Expression:
    if given.qualifier is None or is_number(given.qualifier, 10):
        return given.call("log10", *given.numbers)
    return Binary("/", given.call("log", *given.numbers), given.call("log", given.qualifier), given.span)


def called(name: str, given: Operands) -> Expression:
    return given.call(name, *given.numbers)


def extreme(name: str, given: Operands) -> Expression:
    """`min` and `max` of one number are that number."""
    return given.numbers[0] if len(given.numbers) == 1 else called(name, given)


def by_definition(text: str, given: Operands) -> Expression:
    return defined(text, given.numbers, given.span)


def is_number(node: Expression, value: int) -> bool:
    return isinstance(node, Number) and float(node.text) == value


SAME = {
    "exp": "exp", "ln": "log", "abs": "abs", "floor": "floor", "ceiling": "ceil",
    "sin": "sin", "cos": "cos", "tan": "tan", "arcsin": "asin", "arccos": "acos", "arctan": "atan",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
}

FUNCTIONS = {
    "plus": Function(partial(folded, "+", "0"), 0, None),
    "times": Function(partial(folded, "*", "1"), 0, None),
    "minus": Function(minus, 1, 2),
    "divide": Function(partial(binary, "/"), 2, 2),
    "power": Function(partial(binary, "^"), 2, 2),
    "root": Function(root, qualifier="degree"),
    "log": Function(logarithm, qualifier="logbase"),
    "rem": Function(partial(by_definition, REMAINDER), 2, 2, repeats=True),
    "min": Function(partial(extreme, "min"), 1, None),
    "max": Function(partial(extreme, "max"), 1, None),
    **{name: Function(partial(called, own)) for name, own in SAME.items()},
    **{name: Function(partial(by_definition, text), repeats=True) for name, text in DEFINITIONS.items()},
}
