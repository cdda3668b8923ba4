"""SymPy under one policy: nothing is evaluated, reordered or simplified; literals stay the digits of the author.

Evaluation would turn `0.1*(V + 40)` into `0.1*V + 4.0`: less accurate near -40 mV, its 0/0 hidden, its LaTeX spoilt.
SymPy's own `xreplace` and `subs` evaluate, so expressions are rebuilt here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from operator import is_
from typing import Any

from sympy import Add, Expr, Float, Function, Integer, Mul, Pow, S, Symbol, Tuple
from sympy import Number as SympyNumber
from sympy.functions.elementary.piecewise import ExprCondPair, Piecewise

Node = Any  # an expression, a condition or a pair of both: SymPy has no common type that helps here


class expm1(Function):  # type: ignore[misc]  # noqa: N801 - functions go by their mathematical names
    """exp(x) - 1, accurate near 0."""

    nargs = 1


class exprel(Function):  # type: ignore[misc]  # noqa: N801
    """(exp(x) - 1)/x, and 1 at 0."""

    nargs = 1


class bernoulli(Function):  # type: ignore[misc]  # noqa: N801
    """u/(E - 1), and 1 at u = 0, where E = exp(u) is known already: the reciprocal of exprel."""

    nargs = 2


class exprel_of(Function):  # type: ignore[misc]  # noqa: N801
    """(E - 1)/u, and 1 at u = 0, where E = exp(u) is known already."""

    nargs = 2


class bernoulli_above(Function):  # type: ignore[misc]  # noqa: N801
    """bernoulli(u, E) is this over `bernoulli_below(u, E)`, which has its sign: u, and near 0 a series."""

    nargs = 1


class bernoulli_below(Function):  # type: ignore[misc]  # noqa: N801
    """E - 1 with E = exp(u), and 1 near u = 0."""

    nargs = 2


class exp2(Function):  # type: ignore[misc]  # noqa: N801
    """2^t."""

    nargs = 1


class exp2_inside(Function):  # type: ignore[misc]  # noqa: N801
    """2^t for a t that is known to be far from where that is 0 or infinite."""

    nargs = 1


class bernoulli_inside(Function):  # type: ignore[misc]  # noqa: N801
    """bernoulli(u, E) for such an E, with a relative error of 1e-12."""

    nargs = 2


class log1p(Function):  # type: ignore[misc]  # noqa: N801
    """log(1 + x), accurate near 0."""

    nargs = 1


class log10(Function):  # type: ignore[misc]  # noqa: N801
    """The decimal logarithm."""

    nargs = 1


class sigmoid(Function):  # type: ignore[misc]  # noqa: N801
    """1/(1 + exp(-x))."""

    nargs = 1


class heaviside(Function):  # type: ignore[misc]  # noqa: N801
    """1 where x >= 0, else 0."""

    nargs = 1


class where(Function):  # type: ignore[misc]  # noqa: N801
    """where(flag, a, b): a where the flag is not 0, else b. The flag may be the same in all cells."""

    nargs = 3


class quotient(Function):  # type: ignore[misc]  # noqa: N801
    """x/y by a division of its own: as x times a 1/y that others share, it would be rounded twice."""

    nargs = 2


MINUS_ONE = S.NegativeOne


def symbol(name: str) -> Symbol:
    """All symbols are real: derivatives of |x| stay readable."""
    return Symbol(name, real=True)


def literal(text: str) -> Expr:
    """`120` is an Integer, `0.07` the double that it denotes."""
    return Integer(text) if text.isdigit() else Float(float(text))


def exact(value: SympyNumber) -> Fraction:
    """The decimal that was written: a double is read back by its shortest digits."""
    if isinstance(value, Float):
        return Fraction(repr(float(value)))
    return Fraction(int(value.p), int(value.q))


def from_exact(value: Fraction) -> Expr:
    """A whole number, or the nearest double."""
    return Integer(value.numerator) if value.denominator == 1 else Float(float(value))


def add(left: Expr, right: Expr) -> Expr:
    return Add(left, right, evaluate=False)


def subtract(left: Expr, right: Expr) -> Expr:
    return Add(left, negate(right), evaluate=False)


def negate(operand: Expr) -> Expr:
    """A number takes the sign itself: `-0.1` is one literal."""
    return -operand if isinstance(operand, SympyNumber) else Mul(MINUS_ONE, operand, evaluate=False)


def multiply(left: Expr, right: Expr) -> Expr:
    return Mul(left, right, evaluate=False)


def divide(left: Expr, right: Expr) -> Expr:
    return Mul(left, reciprocal(right), evaluate=False)


def reciprocal(operand: Expr) -> Expr:
    return Pow(operand, MINUS_ONE, evaluate=False)


def power(base: Expr, exponent: Expr) -> Expr:
    return Pow(base, exponent, evaluate=False)


def apply(function: Any, *arguments: Expr) -> Expr:
    return function(*arguments, evaluate=False)


def choose(value: Expr, condition: Node, otherwise: Expr) -> Expr:
    """`value if condition else otherwise`."""
    return branches(pair(value, condition), pair(otherwise, S.true))


def pair(value: Expr, condition: Node) -> Node:
    """Past SymPy's constructor, which would evaluate a condition that holds a conditional itself."""
    return Tuple.__new__(ExprCondPair, value, condition)


def branches(*pairs: Node) -> Expr:
    return Expr.__new__(Piecewise, *pairs)


def product(factors: Sequence[Expr]) -> Expr:
    result = factors[0] if factors else S.One
    for factor in factors[1:]:
        result = multiply(result, factor)
    return result


def rebuild(node: Node, arguments: Sequence[Node]) -> Node:
    """The same node over other arguments."""
    if isinstance(node, ExprCondPair):
        return pair(*arguments)
    if isinstance(node, Piecewise):
        return branches(*arguments)
    return node.func(*arguments, evaluate=False)


def transform(expression: Expr, change: Callable[[Node], Node]) -> Expr:
    """The expression with `change` applied to every node, operands first; shared ones once, but for leaves."""
    done: dict[Node, Node] = {}

    def visit(node: Node) -> Node:
        if not node.args:  # no key: SymPy hashes a number by its digits, each time
            return change(node)
        if node not in done:
            arguments = [visit(argument) for argument in node.args]
            same = all(map(is_, arguments, node.args))
            done[node] = change(node if same else rebuild(node, arguments))
        return done[node]

    return visit(expression)


def symbols_of(node: Node) -> frozenset[Symbol]:
    """Its `free_symbols`, for which SymPy walks down to the leaves whenever they are asked for."""
    return symbols_inside(node) if node.args else frozenset((node,) if node.is_Symbol else ())


@lru_cache(maxsize=1 << 16)
def symbols_inside(node: Node) -> frozenset[Symbol]:
    return frozenset().union(*map(symbols_of, node.args))


def substitute(expression: Expr, replacements: Mapping[Symbol, Expr]) -> Expr:
    """The expression with symbols replaced."""
    if not replacements or replacements.keys().isdisjoint(symbols_of(expression)):
        return expression
    return transform(expression, lambda node: replacements.get(node, node) if node.is_Symbol else node)


def symbols_in(expression: Expr) -> Iterator[Symbol]:
    """The symbols of an expression by name, so that nothing depends on the order of a set."""
    yield from sorted(symbols_of(expression), key=lambda each: str(each.name))


def factors(expression: Expr) -> list[Expr]:
    """The factors of nested products, left to right."""
    if isinstance(expression, Mul):
        return [factor for argument in expression.args for factor in factors(argument)]
    return [expression]


def is_number(expression: Expr, value: int) -> bool:
    return isinstance(expression, SympyNumber) and exact(expression) == value


def is_negation(expression: Expr) -> bool:
    """`-x` of a symbol: it costs nothing, and under a name of its own it would hide a difference."""
    return isinstance(expression, Mul) and len(expression.args) == 2 and expression.args[0] == -1 and (
        isinstance(expression.args[1], Symbol)
    )
