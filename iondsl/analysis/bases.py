"""Of exponentials exp(a x) with many slopes a: which to compute, so that the others are whole powers of them.

Greedy: of all a/k, k = 1 ... 8, the basis that saves most is taken first. Costs are counted in multiplications.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

# The error of a power is that of its base times the exponent: 21 ulp at 8, where that is 2.6 off.
MAX_POWER = 8
EVERY_POWER = lcm(*range(1, MAX_POWER + 1))
EXPONENTIAL = 15
DIVISION = 3  # a processor divides beside what else it does; in rates, reciprocals even vanish
OFFSET = 1


def chosen(calls: Mapping[Fraction, int]) -> dict[Fraction, Fraction]:
    """Slopes with the slope of their basis. `calls` says how many exponentials of each slope there are.

    A slope that shares nothing is missing: its exponential is computed as it stands.
    """
    unit = Fraction(1, EVERY_POWER * lcm(*(slope.denominator for slope in calls)))
    slopes = {whole(slope / unit): slope for slope in calls}  # dividing Fractions took longer than all other passes
    left = {each: calls[slope] for each, slope in slopes.items()}
    result: dict[Fraction, Fraction] = {}
    gains: dict[int, int] = {}
    while left:
        candidates = bases_of(left)
        gains |= {basis: saved(basis, left) for basis in candidates if basis not in gains}
        best = max(candidates, key=lambda basis: (gains[basis], abs(basis), basis))
        if gains[best] <= 0:
            break
        covered = [slope for slope in left if is_power(slope, best)]
        best = max(best, -best, key=lambda basis: (saved(basis, left), along(basis, covered), basis))
        result |= {slopes[slope]: best * unit for slope in covered}
        for slope in covered:
            del left[slope]
        for basis in bases_of(covered):  # all others save what they saved before
            gains.pop(basis, None)
            gains.pop(-basis, None)
    return result


def bases_of(slopes: Iterable[int]) -> dict[int, None]:
    return dict.fromkeys(slope // k for slope in slopes for k in range(1, MAX_POWER + 1))


def along(basis: int, slopes: Iterable[int]) -> int:
    """How many need no reciprocal."""
    return sum(slope * basis > 0 for slope in slopes)


def whole(number: Fraction) -> int:
    assert number.denominator == 1
    return number.numerator


def is_power(slope: int, basis: int) -> bool:
    return not slope % basis and abs(slope) <= MAX_POWER * abs(basis)


def saved(basis: int, calls: Mapping[int, int]) -> int:
    """What one exponential less for each call saves over computing the basis and its powers."""
    multiples = [(slope, number) for slope, number in calls.items() if not slope % basis]  # few are left to look at
    exponents = {slope // basis: number for slope, number in multiples if is_power(slope, basis)}
    number = sum(exponents.values())
    below = [-exponent for exponent in exponents if exponent < 0]
    products = multiplications(each for each in exponents if each > 0) + multiplications(below)
    return (number - 1) * EXPONENTIAL - number * OFFSET - products - (DIVISION if below else 0)


def multiplications(exponents: Iterable[int]) -> int:
    """How many products these powers of one number need by repeated squaring, what they share once."""
    needed: set[int] = set()
    for exponent in exponents:
        while exponent > 1:
            needed |= {exponent, exponent - exponent % 2}
            exponent //= 2
    return len(needed - {1})
