"""Expressions as sums of what varies and what is fixed in a run, with exact coefficients: `(V + 65)/20` is V/20 + 13/4.

A term is a coefficient times a monomial of fixed things (`F/(R*T)`) times one thing that varies, if any. Names of sums
are looked through; whatever is not a sum or a product, `log(Ca.i)` or `V^2`, is one thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sympy import Add, Expr, Mul, Pow, S, Symbol

from iondsl.algebra import add, exact, from_exact, is_number, multiply, power, symbols_of
from iondsl.analysis.literals import MAX_EXPONENT, is_literal

# Fixed factors with their exponents, by their text.
Monomial = tuple[tuple[Expr, int], ...]
# What varies (1 where nothing does), with the monomial before it.
Term = tuple[Expr, Monomial]
Affine = Mapping[Term, Fraction]

ONE: Term = (S.One, ())
MAX_TERMS = 8
# Coefficients lie between these: all that is computed from them is a double.
SMALLEST, LARGEST = Fraction(1, 10**100), Fraction(10**100)


@dataclass(slots=True)
class Reader:
    """Reads the expressions of one routine. `fixed` are the symbols that are constant in a run."""

    fixed: frozenset[Symbol]
    definitions: Mapping[Symbol, Expr]
    memo: dict[Expr, Affine] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fixed = with_computed(self.fixed, self.definitions)

    def read(self, expression: Expr) -> Affine:
        if expression not in self.memo:
            found = self.work_out(expression)
            self.memo[expression] = found if is_moderate(found) else self.single(expression)
        return self.memo[expression]

    def work_out(self, expression: Expr) -> Affine:
        if is_literal(expression):
            return {ONE: exact(expression)}
        if isinstance(expression, Symbol):
            return self.name(expression)
        if isinstance(expression, Add):
            return total([self.read(term) for term in expression.args])
        if isinstance(expression, Mul):
            return self.product(expression)
        if isinstance(expression, Pow) and expression.exp.is_Integer and abs(expression.exp) <= MAX_EXPONENT:
            return self.power(expression)
        return self.single(expression)

    def single(self, expression: Expr) -> Affine:
        """The expression as one thing."""
        if symbols_of(expression) <= self.fixed:
            return {(S.One, ((expression, 1),)): Fraction(1)}
        return {(expression, ()): Fraction(1)}

    def name(self, name: Symbol) -> Affine:
        """A name of a sum of symbols is that sum; any other stays."""
        if name not in self.definitions:
            return self.single(name)
        found = self.read(self.definitions[name])
        parts = [part for varying, monomial in found for part in (varying, *(base for base, _ in monomial))]
        short = len(found) == 1 or name not in self.fixed
        return found if short and all(part == 1 or part.is_Symbol for part in parts) else self.single(name)

    def product(self, node: Mul) -> Affine:
        """At most one factor is a sum or varies; the others are coefficients and monomials."""
        result: Affine = {ONE: Fraction(1)}
        varies = not symbols_of(node) <= self.fixed
        for factor in node.args:
            found = self.read(factor)
            if symbols_of(factor) <= self.fixed and not is_scalar(found) and (varies or not is_scalar(result)):
                found = self.single(factor)
            if not is_scalar(result) and not is_scalar(found):
                return self.single(node)
            if is_scalar(found):
                result, found = found, result
            ((_, monomial), coefficient), = result.items()
            scaled = [{(each, joined(own, monomial)): value * coefficient} for (each, own), value in found.items()]
            result = total(scaled)
        return result

    def power(self, node: Pow) -> Affine:
        found, exponent = self.read(node.base), int(node.exp)
        if not symbols_of(node.base) <= self.fixed:
            return found if exponent == 1 else self.single(node)
        found = found if is_scalar(found) else self.single(node.base)
        ((_, monomial), coefficient), = found.items()
        if not coefficient:
            return self.single(node)
        return {(S.One, tuple((base, own * exponent) for base, own in monomial)): coefficient**exponent}


def with_computed(fixed: frozenset[Symbol], definitions: Mapping[Symbol, Expr]) -> frozenset[Symbol]:
    """What is fixed, and what is computed from nothing else; definitions stand in order."""
    found = set(fixed)
    for name, value in definitions.items():
        if symbols_of(value) <= found:
            found.add(name)
    return frozenset(found)


def is_moderate(affine: Affine) -> bool:
    return len(affine) <= MAX_TERMS and all(not each or SMALLEST <= abs(each) <= LARGEST for each in affine.values())


def is_scalar(affine: Affine) -> bool:
    """One term, in which nothing varies."""
    return len(affine) == 1 and next(iter(affine))[0] == 1


def total(parts: Sequence[Affine]) -> Affine:
    result: dict[Term, Fraction] = {}
    for part in parts:
        for term, value in part.items():
            result[term] = result.get(term, Fraction(0)) + value
    return {term: value for term, value in result.items() if value} or {ONE: Fraction(0)}


def joined(first: Monomial, second: Monomial) -> Monomial:
    exponents = dict(first)
    for base, exponent in second:
        exponents[base] = exponents.get(base, 0) + exponent
    return tuple(sorted(((base, each) for base, each in exponents.items() if each), key=lambda item: str(item[0])))


def written(affine: Affine) -> Expr:
    """The sum as an expression, with every coefficient rounded once."""
    result: Expr | None = None
    for (varying, monomial), value in affine.items():
        term = from_exact(value)
        for factor in (varying, *(power(base, S(exponent)) for base, exponent in monomial)):
            if not is_number(factor, 1):
                term = factor if is_number(term, 1) else multiply(term, factor)
        result = term if result is None else add(result, term)
    return S.Zero if result is None else result
