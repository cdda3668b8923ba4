"""Exponentials as powers of 2: exp(x) is 2^(x log2 e).

A factor of x and log2 e become one, of what is linear in a potential each coefficient is rounded once, and a literal
in front of such an exponential goes into its exponent. The rounding of x log2 e costs a relative error of 2e-16 |x|, as
much as that of x itself.

An argument that is proven to be moderate needs no code for infinities and subnormals. In fast kernels one of which the
upper end alone is known is cut off below, and u/(exp(u) - 1) is taken with a relative error below 1e-12: rates that err
by so little keep gates well within what `_proofs.py` has left for them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from sympy import Add, Expr, Integer, Max, Mul, S, Symbol, exp

from iondsl.algebra import (
    add,
    apply,
    bernoulli,
    bernoulli_above,
    bernoulli_below,
    bernoulli_inside,
    divide,
    exact,
    exp2,
    exp2_inside,
    exprel_of,
    factors,
    from_exact,
    multiply,
    negate,
    product,
    transform,
)
from iondsl.analysis.affine import Reader, written
from iondsl.analysis.intervals import Interval
from iondsl.analysis.literals import folded, is_literal
from iondsl.passes._known import SPREAD, Bounds, intervals, proven
from iondsl.passes._routines import each_expression
from iondsl.passes.repeated import occurrences
from iondsl.step import Step

LOG2E = Fraction("1.442695040888963407359924681001892137")
# exp of it is a normal number.
LIMITS = {"float64": 690.0, "float32": 80.0}
# Nor does a factor of up to 2^this take it out of these.
FACTOR = {"float64": 24, "float32": 8}
# 2^t is normal from here on.
LEAST = {"float64": -1020, "float32": -124}


def rewrite(step: Step, dtype: str = "float64") -> Step:
    advance = step.advance
    assumed, known = step.assumed, dict[Symbol, Interval]()
    fast = assumed is not None and assumed.fast
    if assumed is not None:
        known = intervals(step, assumed, SPREAD)
    longest = {step.dt: Interval(0.0, assumed.dt)} if assumed is not None and fast else {}
    bounds = Bounds(known, known | longest)
    for each in advance.assignments:
        bounds.define(each.target, each.value)
    reader = Reader(frozenset((*step.parameters, step.dt)), {each.target: each.value for each in advance.assignments})
    powers = Powers(dtype, fast, bounds, reader, occurrences(advance))
    advance = each_expression(advance, powers.expression)
    return proven(replace(step, advance=advance), bounds)


@dataclass(frozen=True, slots=True)
class Powers:
    """Rewrites the expressions of one routine."""

    dtype: str
    fast: bool
    bounds: Bounds
    reader: Reader
    uses: Counter[Any]
    single: set[Expr] = field(default_factory=set)

    def expression(self, expression: Expr) -> Expr:
        return transform(expression, self.call)

    def call(self, node: Any) -> Any:
        if isinstance(node, exp):
            return self.power(node)
        if isinstance(node, Mul):
            return self.scaled(node)
        if isinstance(node, bernoulli_above):
            return apply(bernoulli_above, self.linear(node.args[0], Fraction(1)))
        if isinstance(node, bernoulli_below):
            return apply(bernoulli_below, self.linear(node.args[0], Fraction(1)), node.args[1])
        if isinstance(node, exprel_of) and self.is_moderate(node.args[0]):
            return divide(apply(bernoulli_below, *node.args), apply(bernoulli_above, node.args[0]))
        if self.fast and isinstance(node, bernoulli) and self.is_moderate(node.args[0]):
            return apply(bernoulli_inside, *node.args)
        return node

    def power(self, node: exp) -> Expr:
        argument = node.args[0]
        exponent = self.linear(argument, LOG2E)
        if self.fast and not self.is_moderate(argument) and self.bounds.of(argument).high <= LIMITS[self.dtype]:
            # As of a gate that is fast: the least number that is normal.
            self.bounds.use(argument)
            return apply(exp2_inside, apply(Max, exponent, Integer(LEAST[self.dtype])))
        found = apply(exp2_inside if self.is_moderate(argument) else exp2, exponent)
        if self.uses[node] == 1 and is_linear(exponent):
            self.single.add(found)
        return found

    def scaled(self, node: Mul) -> Expr:
        """A literal into the exponent of an exponential that nothing else needs."""
        parts = factors(node)
        literals, powers = ([each for each in parts if rule(each)] for rule in (is_literal, self.single.__contains__))
        if len(literals) != 1 or not powers or not exact(literals[0]):
            return node
        (literal,), (power, *_) = literals, powers
        exponent = log2(abs(exact(literal)))
        if abs(exponent) > FACTOR[self.dtype]:
            return node
        new = apply(power.func, folded(plus(power.args[0], exponent)))
        found = product([new if each is power else each for each in parts if each is not literal])
        return found if literal.is_positive else negate(found)

    def is_moderate(self, argument: Expr) -> bool:
        found = self.bounds.of(argument)
        limit = LIMITS[self.dtype]
        if not -limit <= found.low <= found.high <= limit:
            return False
        self.bounds.use(argument)
        return True

    def linear(self, argument: Expr, times: Fraction) -> Expr:
        """So many times the argument; of one that is linear in a name its slope times the name, and what is fixed."""
        found = {term: value * times for term, value in self.reader.read(argument).items()}
        moving = [term for term in found if term[0] != 1]
        if len(moving) != 1 or not moving[0][0].is_Symbol:
            return argument if times == 1 else multiply(from_exact(times), argument)
        term, = moving
        fixed = {each: value for each, value in found.items() if each != term}
        slope = written({(S.One, term[1]): found[term]})
        linear = multiply(slope, term[0])
        return add(linear, written(fixed)) if fixed else linear


def is_linear(exponent: Expr) -> bool:
    """A slope times a name, and perhaps a literal."""
    first, *rest = exponent.args if isinstance(exponent, Add) else (exponent,)
    return isinstance(first, Mul) and first.args[-1].is_Symbol and all(map(is_literal, rest))


def plus(exponent: Expr, more: Fraction) -> Expr:
    first, *rest = exponent.args if isinstance(exponent, Add) else (exponent,)
    return add(first, from_exact(sum(map(exact, rest), more)))


def log2(value: Fraction) -> Fraction:
    with localcontext(prec=40):
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).ln() / Decimal(2).ln())
