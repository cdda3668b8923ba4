"""Factors of rapid buffers: what enters a pool times beta, times (1 + kappa), is all of what enters."""

from __future__ import annotations

from fractions import Fraction

from iondsl.conservation.powers import by_product, cleared
from iondsl.conservation.sums import Atom, Sum, TooLargeError, number, single, summed

UNKNOWN = Atom("what a factor comes to")


def settled(base: Sum) -> Sum:
    """The sum with each factor that is a number, whatever the atoms in it are, as this number."""
    parts = by_product(base).items()
    return summed(Sum({product: Fraction(1)}) * settled_factor(factor) for product, factor in parts)


def settled_factor(factor: Sum) -> Sum:
    try:
        found = as_number(factor)
    except TooLargeError:
        return factor
    return factor if found is None else number(found)


def as_number(base: Sum) -> Fraction | None:
    """x in base - x = 0, if one number solves it: cleared, both sides are then the same but for this number."""
    if not any(atom.is_sum for atom in base.atoms):
        return None
    left, _ = cleared(base - single(UNKNOWN))
    sides: tuple[dict[object, Fraction], ...] = ({}, {})
    for monomial, coefficient in left.terms.items():
        rest = tuple(each for each in monomial if each[0] != UNKNOWN)
        sides[len(rest) < len(monomial)][rest] = coefficient
    known, unknown = sides
    if known.keys() != unknown.keys():
        return None
    ratios = {-known[each] / unknown[each] for each in known}
    return ratios.pop() if len(ratios) == 1 else None
