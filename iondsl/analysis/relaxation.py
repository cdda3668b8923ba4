"""The relaxation of a gate as a polynomial, with its error proven in rationals.

A gate with x' = (inf - x)/tau goes (1 - exp(-w)) of the way to inf in a step of w = dt/tau, that is w phi(w) with

    phi(w) = (1 - exp(-w))/w = 1 - w/2 + w^2/6 - ...

For w from 0 to W, phi is close to its Chebyshev series cut off at a low degree: by no more than the sum of what is
cut off. The polynomial p has the step

    x + w p(w) (inf - x),    which is wrong by    w |p - phi| |inf - x|    with    |p - phi| <= e.

However long a run is, that adds up to no more than E = e/min(p) times the largest |inf - x|, 1 for a gate between 0
and 1, beside the exact steps on the same course of V: a step keeps 1 - w p(w) of an error, and E (1 - w p) + w e <= E.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

# Of the Taylor series: at the largest w what is left out is below 1e-13.
TERMS = 24
WIDEST = 3.0
MAX_DEGREE = 9
# Widths are rounded up to so many binary digits, so that gates share polynomials.
DIGITS = 5


@dataclass(frozen=True, slots=True)
class Relaxation:
    """`coefficients` of 1, w, w^2, ...; `error` of a gate, as a fraction of its distance from its steady state."""

    width: float
    coefficients: tuple[float, ...]
    error: float

    @property
    def degree(self) -> int:
        return len(self.coefficients) - 1


def relaxation(width: float, tolerance: float) -> Relaxation | None:
    """The polynomial of the least degree whose error is proven to be below `tolerance` for w up to `width`.

    None where no degree up to MAX_DEGREE will do.
    """
    if not 0 < width <= WIDEST:
        return None
    rounded = rounded_up(width)
    series = chebyshev(rounded)
    rest = rounded**TERMS / math.factorial(TERMS + 1)
    least = least_value(rounded)
    for degree in range(MAX_DEGREE + 1):
        exact = powers(series[: degree + 1], rounded)
        coefficients = tuple(float(each) for each in exact)
        pairs = zip(coefficients, exact, strict=True)
        moved = sum(abs(Fraction(double) - each) * rounded**n for n, (double, each) in enumerate(pairs))
        error = sum(map(abs, series[degree + 1 :]), rest + moved)
        if error < least and (total := error / (least - error)) < tolerance:
            return Relaxation(float(rounded), coefficients, float(total))
    return None


def rounded_up(width: float) -> Fraction:
    fraction, exponent = math.frexp(width)
    return Fraction(math.ceil(fraction * 2**DIGITS), 2**DIGITS) * Fraction(2) ** exponent


def least_value(width: Fraction) -> Fraction:
    """A lower bound of phi from 0 to `width`: it falls, and its Taylor series ends from below after an odd power."""
    terms = (Fraction((-1) ** n, math.factorial(n + 1)) * width**n for n in range(TERMS))
    return sum(terms, Fraction(0))


def chebyshev(width: Fraction) -> list[Fraction]:
    """The Taylor series of phi up to TERMS, in Chebyshev polynomials of t from -1 to 1, where w = width (1 + t)/2."""
    series = [Fraction(0)]
    for n in reversed(range(TERMS)):
        series = [each * width / 2 for each in plus(series, times_t(series))]
        series[0] += Fraction((-1) ** n, math.factorial(n + 1))
    return series


def times_t(series: list[Fraction]) -> list[Fraction]:
    """t T_0 = T_1, and t T_n = (T_n+1 + T_n-1)/2."""
    result = [Fraction(0)] * (len(series) + 1)
    for n, each in enumerate(series):
        result[n + 1] += each if n == 0 else each / 2
        if n:
            result[n - 1] += each / 2
    return result


def plus(one: list[Fraction], two: list[Fraction]) -> list[Fraction]:
    longer, shorter = (one, two) if len(one) >= len(two) else (two, one)
    return [each + (shorter[n] if n < len(shorter) else 0) for n, each in enumerate(longer)]


def powers(series: list[Fraction], width: Fraction) -> list[Fraction]:
    """A Chebyshev series as coefficients of the powers of w."""
    t = [Fraction(-1), 2 / width]
    polynomials = [[Fraction(1)], t][: len(series)]
    while len(polynomials) < len(series):
        doubled = [2 * each for each in product(t, polynomials[-1])]
        polynomials.append(plus(doubled, [-each for each in polynomials[-2]]))
    result = [Fraction(0)]
    for factor, polynomial in zip(series, polynomials, strict=True):
        result = plus(result, [factor * each for each in polynomial])
    return result


def product(one: list[Fraction], two: list[Fraction]) -> list[Fraction]:
    result = [Fraction(0)] * (len(one) + len(two) - 1)
    for i, x in enumerate(one):
        for j, y in enumerate(two):
            result[i + j] += x * y
    return result
