"""d/dt of a sum, by the chain rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from iondsl.conservation.normal import function, quotient
from iondsl.conservation.powers import power
from iondsl.conservation.sums import UNIT, Atom, Sum, number, ordered, single, summed

HALF = Fraction(1, 2)
Rate = Callable[[str], Sum]


class DerivativeError(Exception):
    """d/dt of what has none: the text of a function or condition, or the name of an input."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def derivative(base: Sum, rate: Rate) -> Sum:
    """d/dt, where `rate` is that of each name. Raises DerivativeError, unless what has none is constant in time."""
    rates = {atom: rate_of(atom, rate) for atom in base.atoms}
    parts = []
    for monomial, coefficient in base.terms.items():
        powers = dict(monomial)
        for atom, exponent in monomial:
            if rates[atom]:
                lowered = ordered(powers | {atom: exponent - 1})
                parts.append(Sum({lowered: coefficient * exponent}) * rates[atom])
    return summed(parts)


def rate_of(atom: Atom, rate: Rate) -> Sum:
    if not atom.function:
        return rate(atom.text)
    inner = [derivative(each, rate) for each in atom.arguments]
    if not any(inner):
        return number(0)
    if atom.is_sum:
        return inner[0]
    if atom.function == "^":
        return of_power(atom, *inner)
    slope = SLOPES.get(atom.function)
    if slope is None:
        raise DerivativeError(atom.text if atom.function == "opaque" else atom.function)
    return slope(atom, *atom.arguments) * inner[0]


def of_power(atom: Atom, base_rate: Sum, exponent_rate: Sum) -> Sum:
    """x^n (n x'/x + n' log(x))."""
    base, exponent = atom.arguments
    growth = quotient(exponent * base_rate, base) if base_rate else number(0)
    bend = exponent_rate * function("log", base) if exponent_rate else number(0)
    return single(atom) * (growth + bend)


def squared(x: Sum) -> Sum:
    return power(x, Fraction(2))


SLOPES: Mapping[str, Callable[[Atom, Sum], Sum]] = {
    "exp": lambda atom, x: single(atom),
    "log": lambda atom, x: power(x, -UNIT),
    "sin": lambda atom, x: function("cos", x),
    "cos": lambda atom, x: function("sin", x) * number(-1),
    "tan": lambda atom, x: number(1) + squared(single(atom)),
    "asin": lambda atom, x: power(number(1) - squared(x), -HALF),
    "acos": lambda atom, x: power(number(1) - squared(x), -HALF) * number(-1),
    "atan": lambda atom, x: power(number(1) + squared(x), -UNIT),
}
