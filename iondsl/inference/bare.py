"""Bare numbers, whose units an equation leaves open, and what the equation asks of them.

A bare number may take any dimension that its equation needs, but no pure scale: `2` does not hide a 1000. One
that is exactly the conversion may: `1000 * x` in mV, with x in V.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from iondsl.immutable import frozen
from iondsl.inference.form import NUMBER, Form, substituted
from iondsl.syntax import Number
from iondsl.units import ONE, Exponent, Unit, UnitError, whole


@frozen
class Bare:
    """`factor`: it multiplies or divides. `inside`: it stands in the argument of a function."""

    node: Number
    factor: bool
    inside: bool

    @property
    def value(self) -> Fraction:
        return Fraction(self.node.text)


@frozen
class Misfit:
    """Two units that do not agree; `factor` turns the found one into the expected, None for other dimensions."""

    found: Unit
    expected: Unit
    factor: Fraction | None


@dataclass(slots=True)
class Bares:
    """The unknowns of one equation. `strict` reads every one of them as a pure number."""

    strict: bool = False
    all: list[Bare] = field(default_factory=list)
    solved: dict[int, Form] = field(default_factory=dict)

    def fresh(self, bare: Bare) -> Form:
        self.all.append(bare)
        return NUMBER if self.strict and bare.value else Form(ONE, ((len(self.all) - 1, 1),))

    def resolve(self, form: Form) -> Form:
        for bare, _ in form.bare:
            if bare in self.solved:
                self.shorten(bare)
        return substituted(form, self.solved) if form.bare else form

    def shorten(self, bare: int) -> None:
        """Unknowns that stand for one another make long chains: each is made to stand for the last."""
        chain = [bare]
        while len(following := self.solved[chain[-1]].bare) == 1 and following[0][0] in self.solved:
            chain.append(following[0][0])
        for each in reversed(chain[:-1]):
            self.solved[each] = substituted(self.solved[each], self.solved)

    def settled(self, form: Form) -> Unit:
        """What the form measures where all that stays open is a pure number."""
        return self.resolve(form).known

    def equate(self, found: Form, expected: Form, converts: bool = False) -> Fraction | Misfit:
        """Make two forms agree: the factor by which the found one is to be multiplied, or why there is none.

        The factor is 1 unless the equation `converts`.
        """
        quotient = self.resolve(found / expected)
        if not quotient.bare:
            return self.compare(found, expected, quotient.known, converts)
        if quotient.is_number and quotient.known != ONE and all(self.all[bare].value for bare, _ in quotient.bare):
            if self.is_exact(quotient):
                return Fraction(1)
            if converts:
                self.solve(Form(ONE, quotient.bare))
                return quotient.known.scale
            if len(quotient.bare) == 1:
                return Misfit(self.settled(found), self.settled(expected), quotient.known.scale)
        self.solve(quotient)
        return Fraction(1)

    def compare(self, found: Form, expected: Form, quotient: Unit, converts: bool) -> Fraction | Misfit:
        if quotient == ONE:
            return Fraction(1)
        alike = quotient.dimension == ONE.dimension
        if alike and converts:
            return quotient.scale
        return Misfit(self.settled(found), self.settled(expected), quotient.scale if alike else None)

    def solve(self, quotient: Form) -> None:
        """Choose one unknown such that the quotient is 1.

        A zero goes first: it may be anything. A factor goes before a term: in `1 + x / 3.57` the 1 stays a number.
        """
        bare, power = min(quotient.bare, key=lambda each: self.rank(each[0]))
        others = Form(quotient.known, tuple(each for each in quotient.bare if each[0] != bare))
        try:
            self.solved[bare] = others ** whole(Fraction(-1) / power)
        except UnitError:  # the scale has no exact root: the number may be what it likes
            self.solved[bare] = NUMBER

    def rank(self, position: int) -> tuple[bool, bool, int]:
        bare = self.all[position]
        return bare.value != 0, not bare.factor, position

    def is_exact(self, quotient: Form) -> bool:
        """Whether one of the numbers, or all together, are just the conversion that is missing."""
        powers = [self.raised(bare, power) for bare, power in quotient.bare]
        if quotient.known.scale not in (*powers, prod(powers)):
            return False
        self.solved |= {bare: NUMBER for bare, _ in quotient.bare}
        return True

    def raised(self, position: int, power: Exponent) -> Fraction:
        """The value of a number to a whole power; 0 stands for what is no conversion."""
        value = self.all[position].value
        return value**power if value and isinstance(power, int) else Fraction(0)

    def units(self) -> Iterator[tuple[Bare, Unit]]:
        """What each number turned out to measure; a zero is left out."""
        for position, bare in enumerate(self.all):
            if bare.value and not self.strict:
                yield bare, self.settled(Form(ONE, ((position, 1),)))
