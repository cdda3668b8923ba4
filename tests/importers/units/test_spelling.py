"""Computed units in the words of a file, compared with the units' own reader."""

from __future__ import annotations

import pytest

from iondsl.importers.units.spelling import Spelling
from iondsl.units import ONE, Unit, read_unit

STATED = tuple(map(read_unit, ("mV", "ms", "mM", "uA/cm^2", "mS/uF")))


def computed(text: str) -> Unit:
    """A unit of which no text is known."""
    unit = read_unit(text)
    return Unit(unit.scale, unit.dimension)


@pytest.mark.parametrize(("text", "expected"), [
    ("10^-3 s mol/m^3", "ms mM"),
    ("V s", "V s"),
    ("mV", "mV"),
    ("10^3 mol^(1/2)/(m^(3/2) s)", "mM^(1/2)/ms"),
    ("mM uF/(mS cm)", "ms mM/cm"),
    ("mV^3/ms", "mV^3/ms"),
    ("3 mol m/s", "3 m mol/s"),
    ("10^50 m^7", "10^50 m^7"),
])
def test_in_the_units_of_the_file(text: str, expected: str) -> None:
    spelt = Spelling.of(STATED).spelt(computed(text))
    assert (str(spelt), spelt, read_unit(str(spelt))) == (expected, computed(text), computed(text))


def test_what_the_file_wrote_stays() -> None:
    written = read_unit("10^-3 s mol/m^3")
    assert str(Spelling.of(STATED).spelt(written)) == "10^-3 s mol/m^3"
    assert str(Spelling.of(()).spelt(ONE)) == "1"


def test_units_in_messages() -> None:
    message = "this is in [10^-3 s mol/m^3], `x[1]` in [uA/uF] and [nothing]"
    assert Spelling.of(STATED).in_message(message) == "this is in [ms mM], `x[1]` in [uA/uF] and [nothing]"
