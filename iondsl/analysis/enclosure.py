"""Which values an expression can take where its symbols are known to lie in intervals: never too few.

A symbol that occurs twice is taken as two, so that the answer is wide where its interval is: `enclosed` cuts that in
pieces. In each of them most terms of a model are monotone, and the widest of the answers is close to the range.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import sympy
from sympy import Add, Expr, Mul, Number, NumberSymbol, Piecewise, Pow, Symbol
from sympy.core.relational import Relational

from iondsl.algebra import (
    Node,
    bernoulli,
    bernoulli_above,
    bernoulli_below,
    exp2,
    exp2_inside,
    expm1,
    exprel,
    heaviside,
    log1p,
    log10,
    quotient,
    sigmoid,
)
from iondsl.analysis.intervals import (
    FLOOR,
    WHOLE,
    Interval,
    hull,
    point,
    positive,
    power,
    product_of,
    reciprocal,
    rising,
    sum_of,
    times,
)

Known = Mapping[Symbol, Interval]
Definitions = Sequence[tuple[Symbol, Expr]]

PIECES = 64
# Below it `bernoulli_above` and `bernoulli_below` surely take the series.
NEAR = 1 / 64


def enclosed(expression: Expr, definitions: Definitions, known: Known, cut: Symbol | None = None) -> Interval:
    """All values of an expression; `definitions` in the order in which they need each other.

    `cut` is a symbol with a bounded interval, which is looked at piece by piece.
    """
    if cut is None:
        return in_order(expression, definitions, known)
    return hull(in_order(expression, definitions, {**known, cut: piece}) for piece in pieces(known[cut]))


def pieces(whole: Interval) -> list[Interval]:
    edges = [whole.low + (whole.high - whole.low) * (number / PIECES) for number in range(PIECES)]
    return [Interval(low, high) for low, high in zip(edges, [*edges[1:], whole.high], strict=True)]


def in_order(expression: Expr, definitions: Definitions, known: Known) -> Interval:
    found = dict(known)
    for target, value in definitions:
        found[target] = enclosure(value, found)
    return enclosure(expression, found)


def enclosure(node: Expr, known: Known) -> Interval:
    match node:
        case Symbol():
            return known.get(node, WHOLE)
        case Number() | NumberSymbol():
            return point(float(node))
        case Add():
            return sum_of(enclosure(term, known) for term in node.args)
        case Mul():
            return product_of(enclosure(factor, known) for factor in node.args)
        case Pow():
            return power(*(enclosure(argument, known) for argument in node.args))
        case Piecewise():
            return chosen(node, known)
    function = FUNCTIONS.get(node.func)
    return WHOLE if function is None else function(*(enclosure(argument, known) for argument in node.args))


def chosen(node: Piecewise, known: Known) -> Interval:
    """The values of all branches that may be taken; WHOLE where perhaps none is."""
    values = []
    for value, condition in node.args:
        truths = possible(condition, known)
        if True in truths:
            values.append(enclosure(value, known))
        if False not in truths:
            return hull(values)
    return WHOLE


def possible(condition: Node, known: Known) -> frozenset[bool]:
    """What a condition can be."""
    match condition:
        case sympy.And() | sympy.Or():
            parts = [possible(part, known) for part in condition.args]
            decides = isinstance(condition, sympy.Or)
            if frozenset((decides,)) in parts:
                return frozenset((decides,))
            return frozenset().union(*parts)
        case sympy.Not():
            return frozenset(not truth for truth in possible(condition.args[0], known))
        case Relational():
            left, right = (enclosure(side, known) for side in condition.args)
            return compared(condition.rel_op, left, right)
    return frozenset((bool(condition),))


def compared(operator: str, left: Interval, right: Interval) -> frozenset[bool]:
    if operator in (">", ">="):
        return compared(operator.replace(">", "<"), right, left)
    apart = left.high < right.low or right.high < left.low
    if operator in ("==", "!="):
        return frozenset((operator == "!=",)) if apart else frozenset((True, False))
    always = left.high < right.low or (operator == "<=" and left.high <= right.low)
    never = right.high < left.low or (operator == "<" and right.high <= left.low)
    return frozenset((always,)) if always or never else frozenset((True, False))


def size(x: Interval) -> Interval:
    """|x|."""
    ends = sorted((abs(x.low), abs(x.high)))
    return Interval(0.0 if x.low <= 0 <= x.high else ends[0], ends[1])


def largest(*arguments: Interval) -> Interval:
    return Interval(max(each.low for each in arguments), max(each.high for each in arguments))


def smallest(*arguments: Interval) -> Interval:
    return Interval(min(each.low for each in arguments), min(each.high for each in arguments))


def hyperbolic_cosine(x: Interval) -> Interval:
    return rising(math.cosh, size(x))


def monotone(function: Callable[[float], float]) -> Callable[[Interval], Interval]:
    return lambda x: rising(function, x)


def relative(x: float) -> float:
    """(exp(x) - 1)/x."""
    if math.isinf(x):
        return max(x, FLOOR)
    return math.expm1(x) / x if x else 1.0


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else FLOOR


def exp2_of(t: float) -> float:
    return math.pow(2.0, t)


def over_own(u: Interval, E: Interval) -> Interval:
    """u/(exp(u) - 1), which falls: the exponential is u's own."""
    return reciprocal(rising(relative, u))


def above_own(u: Interval) -> Interval:
    """Its size, |u|, but about u/(exp(u) - 1) near 0, which is 0.58 to 1.59 where |u| is below 1."""
    return hull((Interval(max(NEAR, size(u).low), max(NEAR, size(u).high)), Interval(0.5, 1.6)))


def below_own(u: Interval, E: Interval) -> Interval:
    """Its size, |exp(u) - 1| where |u| is not below 1/64, else 1: a sum of products with one of both in each has their
    sign as a whole."""
    away = size(sum_of((E, point(-1.0))))
    return Interval(max(min(away.low, 1.0), NEAR / 2), max(away.high, 1.0))


def logarithm(function: Callable[[float], float], pole: float) -> Callable[[Interval], Interval]:
    """Of what is above its pole; undefined below it."""
    return lambda x: WHOLE if x.low < pole else rising(lambda u: function(u) if u > pole else -math.inf, x)


def between(low: float, high: float) -> Callable[..., Interval]:
    return lambda *arguments: Interval(low, high)


FUNCTIONS: Mapping[object, Callable[..., Interval]] = {
    sympy.exp: monotone(positive(math.exp)),
    expm1: monotone(math.expm1),
    exprel: monotone(relative),
    sigmoid: monotone(logistic),
    sympy.log: logarithm(math.log, 0.0),
    log10: logarithm(math.log10, 0.0),
    log1p: logarithm(math.log1p, -1.0),
    sympy.sinh: monotone(math.sinh),
    sympy.cosh: hyperbolic_cosine,
    sympy.tanh: monotone(math.tanh),
    sympy.atan: monotone(math.atan),
    sympy.asin: monotone(math.asin),
    sympy.sin: between(-1.0, 1.0),
    sympy.cos: between(-1.0, 1.0),
    sympy.Abs: size,
    sympy.Max: largest,
    sympy.Min: smallest,
    sympy.floor: monotone(math.floor),
    sympy.ceiling: monotone(math.ceil),
    sympy.sign: between(-1.0, 1.0),
    heaviside: between(0.0, 1.0),
    exp2: monotone(positive(exp2_of)),
    exp2_inside: monotone(positive(exp2_of)),
    bernoulli: over_own,
    bernoulli_above: above_own,
    bernoulli_below: below_own,
    quotient: lambda x, y: times(x, reciprocal(y)),
}
