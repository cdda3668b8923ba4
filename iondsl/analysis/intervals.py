"""Intervals that hold every value of what they stand for: bounds are doubles, rounded outward.

A result is rounded by far less than SLACK of it, and so is a function of the C library; where doubles run out of
exponents, bounds move to 0, to FLOOR or to infinity, whichever is outward. What may be undefined is WHOLE.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce

SLACK = 1e-12
FLOOR = 1e-290


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included."""

    low: float
    high: float

    @property
    def is_bounded(self) -> bool:
        return math.isfinite(self.low) and math.isfinite(self.high)


WHOLE = Interval(-math.inf, math.inf)
ONE = Interval(1.0, 1.0)


def point(value: float) -> Interval:
    """A number that was written in decimals."""
    return Interval(value, value) if value.is_integer() else outward(value, value)


def outward(low: float, high: float) -> Interval:
    return WHOLE if math.isnan(low) or math.isnan(high) else Interval(down(low), -down(-high))


def down(bound: float) -> float:
    if bound > 0:
        return min(bound * (1 - SLACK), sys.float_info.max) if bound > 2 * FLOOR else 0.0
    return bound * (1 + SLACK) - FLOOR if bound < 0 else 0.0


def hull(parts: Iterable[Interval]) -> Interval:
    """The smallest interval around all of the parts, of which there is one at least."""
    return reduce(lambda one, two: Interval(min(one.low, two.low), max(one.high, two.high)), parts)


def sum_of(terms: Iterable[Interval]) -> Interval:
    return reduce(lambda one, two: outward(one.low + two.low, one.high + two.high), terms)


def product_of(factors: Iterable[Interval]) -> Interval:
    return reduce(times, factors)


def times(one: Interval, two: Interval) -> Interval:
    corners = [corner(x, y) for x in (one.low, one.high) for y in (two.low, two.high)]
    return outward(min(corners), max(corners))


def corner(x: float, y: float) -> float:
    """x y with 0 times infinity as 0, which bounds take where the other factor is 0; no other product is 0."""
    if x == 0 or y == 0:
        return 0.0
    return x * y or math.copysign(FLOOR, x) * math.copysign(1.0, y)


def reciprocal(x: Interval) -> Interval:
    if x.low < 0 < x.high or x.low == x.high == 0:
        return WHOLE
    low = 1 / x.high if x.high else -math.inf
    high = 1 / x.low if x.low else math.inf
    return outward(low, high)


def power(base: Interval, exponent: Interval) -> Interval:
    """base^exponent: of any base for one whole exponent, else of bases that are not negative."""
    if exponent.low == exponent.high and exponent.low.is_integer():
        return whole_power(base, int(exponent.low))
    if base.low < 0 or (base.low == 0 and exponent.low <= 0):
        return WHOLE
    # Monotone in each, so that the extremes lie in the corners.
    corners = [raised(x, y) for x in (base.low, base.high) for y in (exponent.low, exponent.high)]
    return outward(min(corners), max(corners))


def whole_power(base: Interval, exponent: int) -> Interval:
    if exponent < 0:
        return reciprocal(whole_power(base, -exponent))
    ends = [raised(base.low, exponent), raised(base.high, exponent)]
    if exponent % 2 == 0 and exponent and base.low <= 0 <= base.high:
        ends.append(0.0)
    return outward(min(ends), max(ends))


def raised(base: float, exponent: float) -> float:
    try:
        return base**exponent or (math.copysign(FLOOR, base) if base else 0.0)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 else math.inf


def rising(function: Callable[[float], float], x: Interval) -> Interval:
    """A function that nowhere falls; WHOLE where it is not defined."""
    return outward(value(function, x.low), value(function, x.high))


def value(function: Callable[[float], float], x: float) -> float:
    try:
        return function(x)
    except OverflowError:
        return math.copysign(math.inf, x)
    except ValueError:
        return math.nan


def positive(function: Callable[[float], float]) -> Callable[[float], float]:
    """A function above 0, which in doubles may come to 0."""
    return lambda x: function(x) or FLOOR
