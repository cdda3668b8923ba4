"""Whether two trains of pulses ever meet, exactly."""

from __future__ import annotations

from fractions import Fraction
from math import floor, gcd

from iondsl.immutable import frozen

MOST = 10_000  # pulses of a train that ends are held against another


@frozen
class Train:
    """Pulses of one length: a single one if `period` is 0, else `count` of them, without end if that is 0."""

    start: Fraction
    length: Fraction
    period: Fraction
    count: int

    @property
    def ends(self) -> bool:
        return not self.period or self.count > 0

    @property
    def size(self) -> int:
        return self.count if self.period else 1

    def meets(self, start: Fraction, length: Fraction) -> bool:
        """Whether one of its pulses overlaps with a given one."""
        last = max(0, floor((start - self.start) / self.period)) if self.period else 0
        return any(
            self.begin(index) < start + length and start < self.begin(index) + self.length
            for index in (last, last + 1)
            if index < self.size or not self.ends
        )

    def begin(self, index: int) -> Fraction:
        return self.start + index * self.period


def overlap(one: Train, other: Train) -> bool:
    if not (one.ends or other.ends):
        return endless(one, other)
    if not one.ends or (other.ends and other.size < one.size):
        one, other = other, one
    return any(other.meets(one.begin(index), one.length) for index in range(min(one.size, MOST)))


def endless(one: Train, other: Train) -> bool:
    """In time every offset comes up that the greatest common divisor of the periods allows."""
    step = common(one.period, other.period)
    offset = (other.start - one.start) % step
    return offset < one.length or step - offset < other.length


def common(a: Fraction, b: Fraction) -> Fraction:
    return Fraction(gcd(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator)
