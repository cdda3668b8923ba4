"""Expressions as one quotient: a sum of fractions over their common denominator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sympy import Add, Expr, Mul, Pow, S, Symbol

from iondsl.algebra import add, apply, bernoulli, bernoulli_above, bernoulli_below, product
from iondsl.analysis.literals import is_literal

ONE = S.One


@dataclass(frozen=True, slots=True)
class Quotient:
    """`above` over the product of `below`, none of which is a quotient itself."""

    above: Expr
    below: tuple[Expr, ...] = ()

    def without(self, below: tuple[Expr, ...]) -> tuple[Expr, ...]:
        """The denominators that are not among others."""
        return tuple((Counter(self.below) - Counter(below)).elements())

    def plus(self, other: Quotient) -> Quotient:
        mine, others = other.without(self.below), self.without(other.below)
        above = add(times(self.above, mine), times(other.above, others))
        return Quotient(above, (*self.below, *mine))

    def by(self, other: Quotient) -> Quotient:
        return Quotient(other.above if self.above == 1 else times(self.above, (other.above,)),
                        (*self.below, *other.below))


def times(value: Expr, others: tuple[Expr, ...]) -> Expr:
    """A product without ones."""
    kept = [each for each in (value, *others) if each != 1]
    return product(kept) if kept else ONE


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads expressions; a symbol is looked through where `may` says so."""

    definitions: Mapping[Symbol, Expr]
    may: Callable[[Symbol], bool]

    def read(self, node: Any) -> Quotient:
        found = self.parts(node)
        return found if found.below else Quotient(node)

    def parts(self, node: Any) -> Quotient:
        match node:
            case Symbol() if node in self.definitions and self.may(node):
                return self.read(self.definitions[node])
            case Mul():
                return reduce(Quotient.by, map(self.read, node.args))
            case Add():
                return reduce(Quotient.plus, map(self.read, node.args))
            case Pow() if node.exp == -1 and not is_literal(node.base):
                inner = self.read(node.base)
                return Quotient(product(inner.below) if inner.below else ONE, (inner.above,))
            case bernoulli():
                return Quotient(apply(bernoulli_above, node.args[0]), (apply(bernoulli_below, *node.args),))
        return Quotient(node)
