"""Exact numbers that know how far from them a computation in double precision may end.

This is running error analysis to first order (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section
3.3): a literal or a state is off by half a unit in its last place unless it is a double, every operation hands the
errors of its operands on by its partial derivatives and adds a rounding of its own. So the error of a sum is measured
by its terms, not by what is left of them, and a factor that is ill-conditioned counts as that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mpmath import mp, mpf

DIGITS = 50
UNIT = mpf(2) ** -53  # half a unit in the last place, relative to the number
TINY = mpf("1e-300")  # below this, doubles underflow
LIBRARY = 2  # of this many roundings is an elementary function of a good library wrong at most


class UndefinedError(ArithmeticError):
    """No value: 0/0, the logarithm of a negative number, a condition that rounding decides."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """`value` to DIGITS digits; `error` bounds how far double precision ends from it."""

    value: Any
    error: Any


def decimal(text: str) -> Rounded:
    """The number that is written; off only if no double has this value."""
    value = mpf(text)
    return Rounded(value, mpf(0) if value == mpf(float(text)) else abs(value) * UNIT)


def rounded(value: Any, error: Any, roundings: int = 1) -> Rounded:
    """The result of one operation whose operands bring `error`."""
    if isinstance(value, mp.mpc):
        raise UndefinedError("not a real number")
    if mp.isnan(value):
        raise UndefinedError("not a number")
    if mp.isinf(value) or mp.isnan(error):
        return Rounded(value, mpf(0))
    return Rounded(value, error + roundings * abs(value) * UNIT + (TINY if error else 0))


def plus(a: Rounded, b: Rounded) -> Rounded:
    return rounded(a.value + b.value, a.error + b.error)


def minus(a: Rounded, b: Rounded) -> Rounded:
    return rounded(a.value - b.value, a.error + b.error)


def negative(a: Rounded) -> Rounded:
    return Rounded(-a.value, a.error)


def times(a: Rounded, b: Rounded) -> Rounded:
    return rounded(a.value * b.value, abs(a.value) * b.error + abs(b.value) * a.error)


def over(a: Rounded, b: Rounded) -> Rounded:
    """a / b; as in double precision, infinite where b alone is 0."""
    if b.value == 0:
        if a.value == 0:
            raise UndefinedError("0/0")
        return Rounded(mp.inf * mp.sign(a.value), mpf(0))
    value = a.value / b.value
    return rounded(value, (a.error + abs(value) * b.error) / abs(b.value))


def power(a: Rounded, b: Rounded) -> Rounded:
    """a^b; 0^0 is 1."""
    if a.value == 0:
        if b.value < 0:
            return Rounded(mp.inf, mpf(0))
        return Rounded(mpf(b.value == 0), a.error if b.value == 1 else mpf(0))
    value = mp.power(a.value, b.value)
    handed_on = abs(b.value / a.value) * a.error + abs(mp.log(abs(a.value))) * b.error
    return rounded(value, abs(value) * handed_on, LIBRARY)


def quotient(a: Rounded, b: Rounded) -> Rounded:
    """floor(a / b)"""
    return floor(over(a, b))


def remainder(a: Rounded, b: Rounded) -> Rounded:
    """a - b floor(a / b), which has the sign of b."""
    return minus(a, times(b, quotient(a, b)))


def floor(a: Rounded) -> Rounded:
    return _whole(a, mp.floor)


def ceiling(a: Rounded) -> Rounded:
    return _whole(a, mp.ceil)


def _whole(a: Rounded, function: Callable[[Any], Any]) -> Rounded:
    value = function(a.value)
    if a.value != mp.nint(a.value) and abs(a.value - mp.nint(a.value)) <= a.error:
        raise UndefinedError("rounding decides on a whole number")
    return Rounded(value, mpf(0))


def absolute(a: Rounded) -> Rounded:
    return Rounded(abs(a.value), a.error)


def elementary(function: Callable[[Any], Any], slope: Callable[[Any, Any], Any]) -> Callable[[Rounded], Rounded]:
    """A function of one number; `slope(x, y)` is its derivative at x, where it is y."""

    def computed(a: Rounded) -> Rounded:
        try:
            value = function(a.value)
            handed_on = abs(slope(a.value, value)) * a.error if a.error else mpf(0)
        except (ValueError, ZeroDivisionError):
            raise UndefinedError(f"of {mp.nstr(a.value, 6)}") from None
        return rounded(value, handed_on, LIBRARY)

    return computed


exp = elementary(mp.exp, lambda x, y: y)
log = elementary(mp.log, lambda x, y: 1 / x)
log10 = elementary(mp.log10, lambda x, y: 1 / (x * mp.log(10)))
sqrt = elementary(mp.sqrt, lambda x, y: 1 / (2 * y))
sin = elementary(mp.sin, lambda x, y: mp.cos(x))
cos = elementary(mp.cos, lambda x, y: mp.sin(x))
tan = elementary(mp.tan, lambda x, y: 1 + y**2)
asin = elementary(mp.asin, lambda x, y: 1 / mp.sqrt(1 - x**2))
acos = elementary(mp.acos, lambda x, y: 1 / mp.sqrt(1 - x**2))
atan = elementary(mp.atan, lambda x, y: 1 / (1 + x**2))


def log_to_base(a: Rounded, base: Rounded) -> Rounded:
    return over(log(a), log(base))


def less(a: Rounded, b: Rounded) -> bool:
    """a < b. Raises UndefinedError where doubles may see it otherwise: they differ by less than their errors."""
    difference = b.value - a.value
    if difference != 0 and abs(difference) <= a.error + b.error:
        raise UndefinedError("rounding decides a condition")
    return bool(difference > 0)


def equal(a: Rounded, b: Rounded) -> bool:
    return not less(a, b) and not less(b, a)
