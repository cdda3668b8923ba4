"""The unit of an operand while an equation is read: what is known of it, times the unknown units of bare numbers."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.immutable import frozen
from iondsl.units import ONE, Exponent, Unit, UnitError, whole

Powers = tuple[tuple[int, Exponent], ...]


@frozen
class Form:
    """`known` times the unit of every bare number in `bare`, by its number, to a power that is not 0."""

    known: Unit
    bare: Powers = ()

    def __mul__(self, other: Form) -> Form:
        known = self.known if other.known is ONE else self.known * other.known
        return Form(known, added(self.bare, other.bare))

    def __truediv__(self, other: Form) -> Form:
        known = self.known if other.known is ONE else self.known / other.known
        return Form(known, added(self.bare, scaled(other.bare, -1)))

    def __pow__(self, exponent: Exponent) -> Form:
        if exponent == 1:
            return self
        return Form(self.known**exponent, scaled(self.bare, exponent))

    @property
    def is_open(self) -> bool:
        return bool(self.bare)

    @property
    def is_number(self) -> bool:
        """Whether what is known is a pure number, in any scale."""
        return self.known.dimension == ONE.dimension


NUMBER = Form(ONE)


def added(left: Powers, right: Powers) -> Powers:
    if not right:
        return left
    powers: dict[int, Exponent] = dict(left)
    for bare, power in right:
        powers[bare] = powers.get(bare, 0) + power
    return tuple((bare, power) for bare, power in powers.items() if power)


def scaled(powers: Powers, factor: Exponent) -> Powers:
    return tuple((bare, whole(power * factor)) for bare, power in powers if factor)


def substituted(form: Form, solved: Mapping[int, Form]) -> Form:
    """The form with every solved unknown replaced by what it stands for."""
    while any(bare in solved for bare, _ in form.bare):
        result = Form(form.known, tuple((bare, power) for bare, power in form.bare if bare not in solved))
        for bare, power in form.bare:
            if bare in solved:
                result = times_power(result, solved[bare], power)
        form = result
    return form


def times_power(form: Form, factor: Form, power: Exponent) -> Form:
    """What stands for a number may have no such root, or be out of range: the number may then be what it likes."""
    try:
        return form * factor**power
    except UnitError:
        return form
