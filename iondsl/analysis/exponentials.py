"""Sums of exponentials, read term by term: `0.3*exp(a)*exp(b)` is 0.3 exp(a + b)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy
from sympy import Add, Expr, Mul, Pow, Symbol

from iondsl.algebra import add, exact, negate
from iondsl.analysis.proportion import Definitions


@dataclass(frozen=True, slots=True)
class Exponential:
    """`coefficient * exp(exponent)`; without an exponential the exponent is None."""

    coefficient: Fraction
    exponent: Expr | None


def sum_terms(expression: Expr) -> list[Expr]:
    if isinstance(expression, Add):
        return [term for argument in expression.args for term in sum_terms(argument)]
    return [expression]


def exponential(term: Expr, definitions: Definitions) -> Exponential | None:
    """A term as a literal times exponentials; a name may stand for one that is defined elsewhere."""
    if term.is_Number and term.is_finite:
        return Exponential(exact(term), None)
    if isinstance(term, sympy.exp):
        return Exponential(Fraction(1), term.args[0])
    if isinstance(term, Symbol):
        found = exponential(definitions[term], {}) if term in definitions else None
        return found if found is not None and found.exponent is not None else None
    if isinstance(term, Pow) and term.exp == -1:
        return inverse(exponential(term.base, definitions))
    if isinstance(term, Mul):
        return product_of([exponential(factor, definitions) for factor in term.args])
    return None


def inverse(found: Exponential | None) -> Exponential | None:
    if found is None or not found.coefficient:
        return None
    return Exponential(1 / found.coefficient, None if found.exponent is None else negate(found.exponent))


def product_of(parts: list[Exponential | None]) -> Exponential | None:
    coefficient = Fraction(1)
    exponent: Expr | None = None
    for part in parts:
        if part is None:
            return None
        coefficient *= part.coefficient
        if part.exponent is not None:
            exponent = part.exponent if exponent is None else add(exponent, part.exponent)
    return Exponential(coefficient, exponent)


def of_differences(roots: list[Expr], definitions: Mapping[Symbol, Expr]) -> Iterator[Expr]:
    """Arguments of exponentials in sums of numbers and exponentials of both signs: near 0 these need all digits."""
    for node in nodes(roots, lambda node: False):
        if isinstance(node, Add) and cancels(node, definitions):
            for term in sum_terms(node):
                yield from (each.args[0] for each in definitions.get(term, term).atoms(sympy.exp))


def cancels(node: Add, definitions: Mapping[Symbol, Expr]) -> bool:
    found = [exponential(term, definitions) for term in sum_terms(node)]
    return None not in found and len({each.coefficient > 0 for each in found if each is not None}) == 2


def nodes(roots: Iterable[Any], closed: Callable[[Any], bool]) -> Iterator[Any]:
    """Every node with operands once, those outside first; what is inside of a closed one is not looked at."""
    seen: set[Any] = set()
    stack = list(roots)[::-1]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            if not closed(node):
                stack.extend(argument for argument in reversed(node.args) if argument.args)
            yield node
