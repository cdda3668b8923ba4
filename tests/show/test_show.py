"""A model printed for readers: every equation, its origin, and every conversion factor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iondsl import pipeline, reading
from iondsl.resources import bundled_models
from iondsl.show import show
from iondsl.source import Source
from iondsl.syntax import Number
from iondsl.system import Formula
from iondsl.traversal import walk

CONVERTING = """\
model converting:
    "Absolute currents, per area, and concentrations in two units."
    cite "doi:10.1000/182"

temperature = 37 [degC]
param speed = q10(3, 22 [degC])     "$\\phi$ how much faster than at 22 degC"

function boltzmann(x, k) = 1 / (1 + exp(-x / k))    "a sigmoid"

membrane:
    state V = -65 [mV]
    C = 100 [pF]
    area = 1000 [um^2]

ion Na:
    z = +1
    i = 10 [mM]
    o = 140000 [uM]

current I_Na carries 3 Na:
    "a current"
    param g = 1 [nS]
    gate m:
        inf = boltzmann(V + 40, 5)
        tau = 2
        phi = speed
    volts = V in [V]    "in volts"
    I [pA] = g * m * (V - Na.E)

current I_b:
    I [uA/cm^2] = 0.1 [mS/cm^2] * (V + 65 [mV])

stimulus I_app = 0 [nA]

protocol clamp:
    "held"
    clamp V = steps(-65 [mV], 5 [ms], 0 [mV])
"""


def lines(text: str) -> list[str]:
    return list(show(pipeline.resolve(Source("converting.ion", text))))


def test_hodgkin_huxley(golden: Callable[[str, str], None]) -> None:
    shown = show(pipeline.resolve(reading.read("hodgkin_huxley_1952")))
    golden("show/hodgkin_huxley_1952.txt", "\n".join(shown) + "\n")


def test_conversions(golden: Callable[[str, str], None]) -> None:
    golden("show/converting.txt", "\n".join(lines(CONVERTING)) + "\n")


EVENTS = """\
model reset:
state V = -65 [mV]
V' = (0 - V) / 10 [ms]
part adaptation:
    state w = 0 [nA]
    w' = -w / 1000 [ms]
    event spike = V > -50 [mV] "an action potential"
    on spike:
        V = R * 310 [K] / F
        w = w + 3
"""


def test_events() -> None:
    found = lines(EVENTS)
    assert [" ".join(line.split()) for line in found[found.index("events") :]] == [
        "events",
        "adaptation.spike = V > -50 [mV] line 7",
        "on adaptation.spike: V [mV] = R * 310 [K] / F line 9",
        "= 1000 * (R * 310 [K] / F)",
        "on adaptation.spike: adaptation.w [nA] = adaptation.w + 3 line 10",
        "# an action potential",
    ]


@pytest.mark.parametrize("name", bundled_models())
def test_every_number_of_every_equation_is_printed(name: str) -> None:
    """What is computed contains no factor that the reader does not see."""
    system = pipeline.resolve(reading.read(name))
    shown = "\n".join(show(system))
    for quantity in system.quantities:
        for formula in filter(None, (quantity.value, quantity.rate)):
            assert all(number in shown for number in numbers(formula)), quantity.name


def numbers(formula: Formula) -> list[str]:
    return [node.text for node in walk(formula.expanded) if isinstance(node, Number)]


@pytest.mark.parametrize("name", bundled_models())
def test_a_hundred_columns(name: str) -> None:
    assert max(map(len, show(pipeline.resolve(reading.read(name))))) <= 100
