"""Exponentials whose arguments are rationally related are computed once: exp(-V/20) is exp(-V/80)^4.

Of the arguments a x + b of one routine, with x what varies (a potential), a basis of slopes is chosen; every other
exponential is a product of whole powers of these, of up to 8 factors, times the constant exp(b):

    exp(a x + b)       exp(b) D^j E^k, where a negative power is one of a reciprocal
    1/exprel(u)        u/(exp(u) - 1), with that exponential; near u = 0 targets use a series, which needs none
    1/(1 + exp(-u))    1/(1 + E^k exp(b))

The greatest error of 8 factors is 8 times that of one; reciprocals, products and a constant add half an ulp each.
An exponential beside another number in a difference, which may cancel, is left as it was written.

What was finite stays finite: for |x| up to REACH no power and no constant leaves the range of the numbers. Slopes that
depend on parameters could be anything in a run: there, only multiples of one whole argument are merged, so that no
constant is split off. Without a merge an exponential stays what it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import sympy
from sympy import Expr, Float, Integer, Mul, Number, Pow, S, Symbol
from sympy.core.numbers import NegativeOne

from iondsl.algebra import (
    add,
    apply,
    bernoulli,
    exact,
    exprel,
    exprel_of,
    from_exact,
    multiply,
    power,
    product,
    rebuild,
    reciprocal,
    sigmoid,
    symbol,
)
from iondsl.analysis import combinations
from iondsl.analysis.affine import ONE, Affine, Reader, written
from iondsl.analysis.arguments import EXPONENT, REACH, Argument, Arguments
from iondsl.analysis.combinations import Product
from iondsl.analysis.enclosure import enclosure
from iondsl.analysis.exponentials import nodes, of_differences
from iondsl.analysis.intervals import Interval
from iondsl.analysis.literals import LARGEST, is_literal
from iondsl.passes._known import by_default
from iondsl.passes._routines import each_routine
from iondsl.step import Assignment, Routine, Step


def rewrite(step: Step, dtype: str = "float64") -> Step:
    known = by_default(step)
    return each_routine(step, lambda routine: merged(routine, step, known, dtype))


def merged(routine: Routine, step: Step, known: Mapping[Symbol, Interval], dtype: str) -> Routine:
    definitions = {each.target: each.value for each in routine.assignments}
    reader = Reader(frozenset((*step.parameters, step.dt)), definitions)
    fixed = dict(known)
    for name, value in definitions.items():
        if name in reader.fixed:
            fixed[name] = enclosure(value, fixed)
    arguments = Arguments(reader, step.time, fixed, REACH[dtype], EXPONENT[dtype])
    roots = [*definitions.values(), *routine.outputs]
    merging = Merging(arguments, frozenset(of_differences(roots, definitions)))
    merging.choose(roots)
    return merging.routine(routine)


@dataclass(frozen=True, slots=True)
class Call:
    """An expression that is `form` of exp(times * argument)."""

    argument: Expr
    times: int
    form: Callable[[Expr], Expr]


def call(node: Any) -> Call | None:
    match node:
        case Pow(base=sympy.exp(args=(u,)), exp=Integer() as exponent):
            return Call(u, int(exponent), lambda found: found)
        case Pow(base=exprel(args=(u,)), exp=NegativeOne()):
            return Call(u, 1, lambda found: apply(bernoulli, u, found))
        case Pow(base=Mul(args=(Number() as scale, exprel(args=(u,)))), exp=NegativeOne()) if is_moderate(scale):
            return Call(u, 1, lambda found: multiply(from_exact(1 / exact(scale)), apply(bernoulli, u, found)))
        case sympy.exp(args=(u,)):
            return Call(u, 1, lambda found: found)
        case exprel(args=(u,)):
            return Call(u, 1, lambda found: apply(exprel_of, u, found))
        case sigmoid(args=(u,)):
            return Call(u, -1, lambda found: reciprocal(add(S.One, found)))
    return None


def is_moderate(scale: Number) -> bool:
    """Whether its reciprocal is a literal, too."""
    return is_literal(scale) and abs(exact(scale)) > 1 / LARGEST


@dataclass(frozen=True, slots=True)
class Merging:
    """The exponentials of one routine, and what becomes of each. Those of arguments `kept` are left as they are.

    `new` are the definitions of bases that the assignment in hand needs before it.
    """

    arguments: Arguments
    kept: frozenset[Expr]
    found: dict[Expr, tuple[Call, Argument]] = field(default_factory=dict)
    products: dict[Hashable, Mapping[Fraction, Product]] = field(default_factory=dict)
    done: dict[Any, Any] = field(default_factory=dict)
    names: dict[Expr, Symbol] = field(default_factory=dict)
    new: list[Assignment] = field(default_factory=list)

    def choose(self, roots: list[Expr]) -> None:
        """Finds all calls, and what those of every group are products of."""
        groups: dict[Hashable, Counter[Fraction]] = {}
        for node in nodes(roots, self.is_call):
            if node in self.found:
                argument = self.found[node][1]
                groups.setdefault(argument.group, Counter())[argument.slope] += 1
        for group, slopes in groups.items():
            self.products[group] = combinations.chosen(slopes)

    def is_call(self, node: Any) -> bool:
        found = call(node)
        if found is None or found.argument in self.kept:
            return False
        argument = self.arguments.read(found.argument, found.times)
        if argument is not None:
            self.found[node] = found, argument
        return argument is not None

    def routine(self, routine: Routine) -> Routine:
        body: list[Assignment] = []
        for each in routine.body:
            value = self.without_calls(each.value)
            body += [*self.new, Assignment(each.target, value)]
            self.new.clear()
        outputs = tuple(self.without_calls(output) for output in routine.outputs)
        return replace(routine, body=(*body, *self.new), outputs=outputs)

    def without_calls(self, node: Any) -> Any:
        """The expression with its merged exponentials as powers."""
        if not node.args:
            return node
        if node not in self.done:
            value = self.as_power(node)
            self.done[node] = self.inside(node) if value is None else value
        return self.done[node]

    def inside(self, node: Any) -> Any:
        arguments = [self.without_calls(argument) for argument in node.args]
        same = all(new is old for new, old in zip(arguments, node.args, strict=True))
        return node if same else rebuild(node, arguments)

    def as_power(self, node: Any) -> Any:
        if node not in self.found:
            return None
        found, argument = self.found[node]
        powers = self.products[argument.group].get(argument.slope)
        if powers is None:
            return None
        value = product([self.power(argument.direction, basis, each) for basis, each in powers.items()])
        return found.form(multiply(constant(argument.offset), value) if argument.offset else value)

    def power(self, direction: Affine, basis: Fraction, exponent: int) -> Expr:
        own = apply(sympy.exp, written({term: basis * value for term, value in direction.items()}))
        base = self.named(own if exponent > 0 else reciprocal(self.named(own)))
        return base if abs(exponent) == 1 else power(base, Integer(abs(exponent)))

    def named(self, expression: Expr) -> Symbol:
        if expression not in self.names:
            self.names[expression] = symbol(f"exp~{len(self.names)}")
            self.new.append(Assignment(self.names[expression], expression))
        return self.names[expression]


def constant(offset: Affine) -> Expr:
    """exp(offset): of a number rounded once."""
    if offset.keys() != {ONE}:
        return apply(sympy.exp, written(offset))
    with localcontext(prec=40):
        return Float(float((Decimal(offset[ONE].numerator) / Decimal(offset[ONE].denominator)).exp()))
