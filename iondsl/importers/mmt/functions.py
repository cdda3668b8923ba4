"""The functions of the format, written in the language; those of the user stay calls."""

from __future__ import annotations

from collections.abc import Callable

from iondsl.immutable import frozen
from iondsl.importers.mmt.kinds import condition, number
from iondsl.importers.mmt.tokens import refused
from iondsl.source import Span
from iondsl.syntax import Binary, Call, Conditional, Expression, Name, Prime

# Functions of one argument that the language has under the same name.
SAME = ("exp", "log10", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "floor", "ceil", "abs")


@frozen
class Called:
    """A call as it is written; `at` is the place of its name, `span` that of all of it."""

    name: str
    arguments: tuple[Expression, ...]
    at: Span
    span: Span

    def call(self, name: str, *arguments: Expression) -> Call:
        return Call(Name((name,), self.at), tuple(number(each) for each in arguments), (), self.span)


def called(call: Called) -> Expression:
    """What a call means."""
    if call.name in GONE:
        raise refused("E617", f"`{call.name}` cannot be carried over", call.at, GONE[call.name])
    if call.name not in OWN:
        return call.call(call.name, *call.arguments)
    counts, translate = OWN[call.name]
    if len(call.arguments) not in counts:
        raise wrong_number(call, WANTED.get(call.name, "one argument"))
    return translate(call)


def wrong_number(call: Called, wanted: str) -> Exception:
    return refused("E617", f"`{call.name}` with {counted(len(call.arguments))}", call.span, f"it takes {wanted}")


def counted(number: int) -> str:
    return "1 argument" if number == 1 else f"{number} arguments"


def same(call: Called) -> Expression:
    return call.call(call.name, *call.arguments)


def logarithm(call: Called) -> Expression:
    """With two arguments the second is the base."""
    value, *base = (call.call("log", each) for each in call.arguments)
    return Binary("/", value, base[0], call.span) if base else value


def derivative(call: Called) -> Expression:
    name = call.arguments[0]
    if not isinstance(name, Name):
        raise refused("E618", "only a state has a derivative", name.span, "write `dot(x)` with the name of a state")
    return Prime(name, call.span)


def piecewise(call: Called) -> Expression:
    """`if(condition, value, otherwise)`, also with more conditions and values in front."""
    *pairs, otherwise = call.arguments
    node = number(otherwise)
    for test, value in reversed(list(zip(pairs[::2], pairs[1::2], strict=True))):
        node = Conditional(number(value), condition(test), node, call.span)
    return node


MOST_PIECES = 200

# Each with the numbers of arguments that it takes, and what it becomes.
OWN: dict[str, tuple[tuple[int, ...] | range, Callable[[Called], Expression]]] = {
    **dict.fromkeys(SAME, ((1,), same)),
    "log": ((1, 2), logarithm),
    "dot": ((1,), derivative),
    "if": ((3,), piecewise),
    "piecewise": (range(3, MOST_PIECES, 2), piecewise),
}
WANTED = {
    "log": "one or two arguments",
    "if": "a condition and two values",
    "piecewise": "conditions and values in turn, and a value behind them",
}

# What Myokit prints, or older versions of it read.
GONE = {
    "partial": "write the derivative out",
    "diff": "write the derivative out",
    "init": "give the number a variable of its own",
    "opiecewise": "write it as `piecewise`",
    "polynomial": "write the polynomial out",
    "spline": "write the pieces as `piecewise`",
}
