"""`iondsl check --units`: what is printed of the units of every equation."""

from __future__ import annotations

from collections.abc import Callable

from iondsl.show.inferred import inferred
from tests.elaborate.systems import meaning

LINES = """
temperature = 310 [K]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
param depth = 0.1 [um]
state c = 0.05 [uM]
c' [uM/s] = -I_Ca / (2 * F * depth) - (c as [mM]) / 80
current I_Ca:
    gate m:
        alpha = 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10))
        beta = 4 * exp(-(V + 65) / 18)
    I = 3 [nS/cm^2] * m * (V - (R * T / (2 * F) * log(2 [mM] / c) in [mV]))
"""


def test_units_of_a_model(golden: Callable[[str, str], None]) -> None:
    golden("show/units.txt", "\n".join(inferred(meaning(LINES))) + "\n")


def test_units_of_events() -> None:
    """What a bare number in a condition, or behind `on`, was read as."""
    lines = "state V = -65 [mV]\nV' = 0\nevent spike = V > -50\non spike:\n    V = 2 * V + 65\n"
    found = [" ".join(line.split()) for line in inferred(meaning(lines))]
    at = found.index(next(line for line in found if line.startswith("spike ")))
    assert [line.rpartition(" line")[0] or line for line in found[at:]] == [
        "spike", "read as 50 [mV]", "on spike: V [mV]", "read as 65 [mV]",
    ]
