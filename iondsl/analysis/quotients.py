"""Expressions as one quotient: a sum of fractions over their common denominator.

Reciprocals of exponentials E that have names may be looked through:

    1 + c/E^2          (E^2 + c)/E^2
    u/(c/E - 1)        -u (E/c)/(E/c - 1)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

from sympy import Add, Expr, Integer, Mul, Pow, S, Symbol

from iondsl.algebra import (
    add,
    apply,
    bernoulli,
    bernoulli_above,
    bernoulli_below,
    exact,
    factors,
    from_exact,
    multiply,
    negate,
    power,
    product,
)
from iondsl.analysis.literals import is_literal

ONE = S.One
# What is larger, in numbers, names and operations, is left as it stands, and so are names behind so many others: each
# may occur several times in what looks through it.
LARGEST = 256
LEVELS = 5


@dataclass(frozen=True, slots=True)
class Quotient:
    """`above` over the product of `below`, none of which is a quotient itself."""

    above: Expr
    below: tuple[Expr, ...] = ()

    def size(self) -> int:
        return sum(map(size, (self.above, *self.below)))

    def without(self, below: tuple[Expr, ...]) -> tuple[Expr, ...]:
        """The denominators that are not among others."""
        return tuple((Counter(self.below) - Counter(below)).elements())

    def plus(self, other: Quotient) -> Quotient:
        mine, others = other.without(self.below), self.without(other.below)
        above = add(times(self.above, mine), times(other.above, others))
        return Quotient(above, (*self.below, *mine))

    def by(self, other: Quotient) -> Quotient:
        """The product, without what stands above and below."""
        above, below = [*single(self.above), *single(other.above)], (*self.below, *other.below)
        common = Counter(above) & Counter(below)
        if not common:
            return Quotient(other.above if self.above == 1 else times(self.above, (other.above,)), below)
        left = Counter(above) - common
        return Quotient(times(ONE, tuple(left.elements())), tuple((Counter(below) - common).elements()))


def times(value: Expr, others: tuple[Expr, ...]) -> Expr:
    """A product without ones. What is multiplied by is a product of its own, which may occur again."""
    kept = [each for each in others if each != 1]
    if value == 1 or not kept or {*single(value)} & {*kept}:
        return collected([each for each in (value, *kept) if each != 1])
    return multiply(value, collected(kept))


def collected(kept: list[Expr]) -> Expr:
    """A product, names first, in which what stands several times is a power."""
    numbers = Counter(each for factor in kept for each in single(factor))
    if not numbers or (len(kept) == 1 and max(numbers.values()) == 1):
        return product(kept)
    found = sorted(numbers.items(), key=lambda item: not item[0].is_Symbol)
    return product([each if number == 1 else power(each, Integer(number)) for each, number in found])


def spread(node: Any) -> Any:
    """A literal times `1 + E` as a sum, of which targets fuse the product."""
    match node:
        case Mul(args=(literal, Add(args=(first, second)))) if is_literal(literal) and is_literal(first):
            return add(from_exact(exact(literal) * exact(first)), multiply(literal, second))
    return node


def single(expression: Expr) -> list[Expr]:
    """The factors of a product, those of powers of names one by one."""
    found = list[Expr]()
    for each in factors(expression):
        counts = isinstance(each, Pow) and each.base.is_Symbol and each.exp.is_Integer and each.exp > 0
        found += [each.base] * int(each.exp) if counts else [each]
    return found


def size(expression: Expr) -> int:
    """How many numbers, names and operations there are, as often as they occur."""
    return 1 + sum(map(size, expression.args))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads expressions; a symbol is looked through where `may` says so. `inverse` are names of reciprocals of others,
    which are looked through. `known` is what names have been read as, with so many levels left."""

    definitions: Mapping[Symbol, Expr]
    may: Callable[[Symbol], bool]
    inverse: Mapping[Symbol, Symbol] = field(default_factory=dict)
    levels: int = LEVELS
    known: dict[tuple[Symbol, int], Quotient] = field(default_factory=dict)

    def read(self, node: Any) -> Quotient:
        found = self.parts(node)
        if not found.below:
            return Quotient(spread(node))
        return found if found.size() <= LARGEST else Quotient(node)

    def named(self, name: Symbol) -> Quotient:
        key = name, self.levels
        if key not in self.known:
            self.known[key] = replace(self, levels=self.levels - 1).read(self.definitions[name])
        return self.known[key]

    def parts(self, node: Any) -> Quotient:
        match node:
            case Symbol() if node in self.inverse:
                return Quotient(ONE, (self.inverse[node],))
            case Symbol() if self.levels and node in self.definitions and self.may(node):
                return self.named(node)
            case Mul():
                return reduce(Quotient.by, map(self.read, node.args))
            case Add():
                return reduce(Quotient.plus, map(self.read, node.args))
            case Pow(base=Symbol() as base, exp=Integer() as exponent) if exponent > 0 and base in self.inverse:
                return Quotient(ONE, (self.inverse[base],) * int(exponent))
            case Pow() if node.exp == -1 and not is_literal(node.base):
                inner = self.read(node.base)
                return Quotient(times(ONE, inner.below), (inner.above,))
            case bernoulli(args=(u, found)):
                return self.bernoulli(u, found)
        return Quotient(node)

    def bernoulli(self, u: Expr, found: Expr) -> Quotient:
        inner = self.read(found)
        if not (inner.below and is_literal(inner.above)):
            return Quotient(apply(bernoulli_above, u), (apply(bernoulli_below, u, found),))
        other = multiply(from_exact(1 / exact(inner.above)), times(ONE, inner.below))
        down = negate(u)
        return Quotient(multiply(apply(bernoulli_above, down), other), (apply(bernoulli_below, down, other),))
