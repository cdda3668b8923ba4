"""The membrane equation, with every conversion that the units ask for."""

from __future__ import annotations

import pytest

from iondsl import pipeline
from iondsl.formatter import text
from iondsl.show import show
from iondsl.source import Source
from tests.elaborate.systems import formula, meaning, valid, value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # uA/cm^2 over uF/cm^2 is mV/ms; 0.5 A/m^2 are 50 uA/cm^2.
        ("membrane_per_area", (-(15 + 50) + 4) / 2),
        # nS mV = pA over pF is mV/ms; 2 nA are 2000 pA.
        ("membrane_absolute", (-(15 + 2000) + 7) / 50),
        # A/F = mV/ms.
        ("membrane_per_farad", -15 + 2),
        # V/s: 1000 um^2 of 1 uF/cm^2 are 10 pF; 30 pA / 10 pF = 3 V/s, 2 uA/cm^2 / (1 uF/cm^2) = 2 V/s.
        ("membrane_with_area", -3 - 2 + 100),
        # 2 uA/cm^2 * 1000 um^2 = 20 pA, over 10 pF.
        ("membrane_total", -2),
    ],
)
def test_conversions(name: str, expected: float) -> None:
    assert value(valid(name), "V'") == pytest.approx(expected, rel=1e-14)


def test_equation_as_it_is_shown() -> None:
    """Outward currents in a bracket, then stimuli; what has another scale stands apart, with its exact factor."""
    equation = formula(valid("membrane_per_area"), "V'")
    assert equation.origin == "membrane equation"
    assert text(equation.written) == "(-I_a + I_app) / membrane.C + 100 * -I_b / membrane.C"


def test_one_group() -> None:
    system = valid("carries")
    assert text(formula(system, "V'").written) == "(-(I_Na + I_NaK + I_h + I_leak) + I_app) / membrane.C"


def test_nothing_flows() -> None:
    assert value(meaning("membrane:\n    state V = 1 [mV]\n"), "V'") == 0


def test_a_written_equation_stands() -> None:
    lines = "membrane:\n    state V = 1 [mV]\n    V' = 3\ncurrent I_x:\n    I = 1\n"
    assert formula(meaning(lines), "V'").origin == ""


def test_a_potential_that_is_an_input() -> None:
    system = meaning("membrane:\n    input V = 1 [mV]\ncurrent I_x:\n    I = 3 [nS] * V\n")
    assert system.states == ()


def test_carried_ions() -> None:
    currents = {each.name: [(s.ion, s.coefficient) for s in each.carries] for each in valid("carries").currents}
    assert currents == {
        "I_Na": [("Na", None)],
        "I_NaK": [("Na", 3), ("K", -2)],
        "I_h": [("Na", None), ("K", None)],
        "I_leak": [],
    }


def test_members_of_a_current() -> None:
    current = valid("scopes").currents[0]
    assert current.members == ("I_Na.g", "I_Na.i", "I_Na.E", "I_Na", "I_Na.m.inf", "I_Na.m.tau", "I_Na.m.g_half")


def test_a_membrane_of_600_currents() -> None:
    """The sums of what they carry are no deep nesting, which would end in Python's own limit."""
    currents = "".join(f"current I_{number} carries Na:\n    I = 1 [uA/cm^2]\n" for number in range(600))
    source = Source(
        "wide.ion",
        "model wide:\nspace i:\n    volume = 1 [um^3]\nion Na:\n    z = 1\n    state i = 10 [mM]\n"
        f"membrane:\n    state V = 0 [mV]\n    C = 1 [uF/cm^2]\n    area = 1 [um^2]\n{currents}",
    )
    system = pipeline.resolve(source)
    assert len(list(show(system))) > 600
    model = pipeline.model_of(system)
    rates = {equation.symbol.name: equation.expr for equation in model.equations}
    assert len(rates["V'"].free_symbols) == 601
