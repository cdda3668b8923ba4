"""Of exponentials exp(a x) with many slopes a: which to compute, so that the others are products of their powers.

    exp(-0.06 x)      E^6              with E = exp(-0.01 x)
    exp(-0.057 x)     D E^4            and D = exp(-0.017 x)

`bases` says which are powers of one other. Of what is left to compute, each that is a product of the others is one of
them, if that is cheaper. All exponents of a product together come to no more than those of a power, with its error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm

from iondsl.analysis import bases
from iondsl.analysis.bases import DIVISION, EXPONENTIAL, MAX_POWER, OFFSET, multiplications, whole

# The bases of a product with their exponents. These are negative where the base has the other sign than the product.
Product = Mapping[Fraction, int]
# Likewise in whole numbers of some unit: Fractions are slow.
Powers = Mapping[int, int]
# Of every size the products that have it.
Sums = Mapping[int, Sequence[Powers]]


def chosen(calls: Mapping[Fraction, int]) -> dict[Fraction, Product]:
    """Slopes with the product that each is. `calls` says how many exponentials of each slope there are.

    A slope that shares nothing is missing: its exponential is computed as it stands.
    """
    powers = bases.chosen(calls)
    related: dict[int, dict[Fraction, Fraction]] = defaultdict(dict)
    for slope in calls:
        related[divisor(slope)][slope] = powers.get(slope, slope)
    products: dict[Fraction, Product] = {}
    for group in related.values():
        products |= reduced(group)
    used = {basis for slope, product in products.items() for basis in product if product != {slope: 1}}
    return {slope: each for slope, each in products.items() if each != {slope: 1} or slope in used or calls[slope] > 1}


def divisor(slope: Fraction) -> int:
    """What no multiple of up to MAX_POWER takes out of the denominator: only slopes that share it add up to another."""
    left = slope.denominator
    while (common := gcd(left, bases.EVERY_POWER)) > 1:
        left //= common
    return left


def reduced(powers: Mapping[Fraction, Fraction]) -> dict[Fraction, Product]:
    """Slopes that are powers of a base each as products of fewer bases."""
    unit = Fraction(1, lcm(*(each.denominator for each in powers.values())))
    sizes = {whole(slope / unit): whole(basis / unit) for slope, basis in powers.items()}
    found = Choice({slope: {basis: slope // basis} for slope, basis in sizes.items()}).reduced()
    return {
        slope * unit: {basis * unit: exponent for basis, exponent in product.items()}
        for slope, product in found.products.items()
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """What all slopes of one divisor are."""

    products: Mapping[int, Powers]

    def reduced(self) -> Choice:
        """With as few exponentials as pay: those that fewest need go first, of these the steepest."""
        found, carried = self, self.carried()
        sums = sums_of(list(carried))
        for basis in sorted(carried, key=lambda each: (len(carried[each]), -abs(each))):
            other = found.without(basis, sums)
            if other is not None and other.cost() < found.cost():
                found = other
        return found

    def carried(self) -> dict[int, list[int]]:
        """The slopes that need each basis."""
        found: dict[int, list[int]] = defaultdict(list)
        for slope, product in self.products.items():
            for basis in product:
                found[basis].append(slope)
        return found

    def without(self, basis: int, sums: Sums) -> Choice | None:
        """With one basis less, if the others suffice."""
        carried = self.carried()
        kept, products = dict.fromkeys(each for each in carried if each != basis).keys(), dict(self.products)
        for slope in carried[basis]:
            found = product_of(slope, kept, sums)
            if found is None:
                return None
            products[slope] = found
        return replace(self, products=products)

    def cost(self) -> int:
        """In multiplications."""
        exponents: dict[int, set[int]] = defaultdict(set)
        for product in self.products.values():
            for basis, exponent in product.items():
                exponents[basis].add(exponent)
        joined = sum(len(product) - 1 for product in self.products.values())
        constants = sum(OFFSET for slope, product in self.products.items() if product != {slope: 1})
        return joined + constants + sum(EXPONENTIAL + cost_of_powers(each) for each in exponents.values())


def cost_of_powers(exponents: Collection[int]) -> int:
    """Of one basis."""
    below = [-each for each in exponents if each < 0]
    above = multiplications(each for each in exponents if each > 0)
    return above + multiplications(below) + (DIVISION if below else 0)


def sums_of(found: Sequence[int]) -> Sums:
    """Multiples of one or two bases, regardless of sign."""
    numbers = range(1, MAX_POWER + 1)
    result: dict[int, list[Powers]] = defaultdict(list)
    for each in found:
        for number in numbers:
            result[abs(each) * number].append({each: number})
    for one, other in combinations(found, 2):
        for first in numbers:
            for second in range(1, MAX_POWER + 1 - first):
                result[abs(one) * first + abs(other) * second].append({one: first, other: second})
    return result


def product_of(slope: int, kept: Set[int], sums: Sums) -> Powers | None:
    """The slope as a product of up to three powers of bases that are kept, the one with the least exponents."""
    found = (each for each in candidates(abs(slope), kept, sums) if each.keys() <= kept)
    best = min(found, key=lambda each: sum(each.values()), default=None)
    if best is None or sum(best.values()) > MAX_POWER:
        return None
    return {basis: exponent if basis * slope > 0 else -exponent for basis, exponent in best.items()}


def candidates(size: int, kept: Set[int], sums: Sums) -> Iterator[Powers]:
    yield from sums.get(size, ())
    for each in kept:
        for number in range(1, MAX_POWER):
            for other in sums.get(size - abs(each) * number, ()):
                if each not in other:
                    yield {each: number, **other}
