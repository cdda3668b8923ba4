"""W305: pools that are only ever filled, and pools that have a way out."""

from __future__ import annotations

import pytest

from iondsl.pipeline import examine
from iondsl.source import Source

CELL = """model cell:
temperature = 37 [degC]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
space i:
    depth = 1 [um]
space er:
    depth = 0.1 [um]
ion Ca:
    z = +2
    state i = 1e-4 [mM]
    o = 2 [mM]
ion Na:
    z = +1
    state i = 12 [mM]
    o = 145 [mM]
ion K:
    z = +1
    state i = 140 [mM]
    o = 5 [mM]
ion Cl:
    z = -1
    state i = 6 [mM]
    o = 130 [mM]
"""
I_Ca = """current I_Ca carries Ca:
    gate m = {start}:
        inf = 1 / (1 + exp(-(V + 25) / 5))
        tau = 2
    I = {I}
"""
I_Na = "current I_Na carries Na:\n    I = 0.02 [mS/cm^2] * (V - Na.E)\n"
OHM = "0.05 [mS/cm^2] * m^2 * (V - Ca.E)"
GHK = "ghk_current(1e-5 [cm/s] * m, Ca)"


def filled(lines: str, cell: str = CELL) -> list[str]:
    """The pools that the warnings are about."""
    _, findings = examine(Source("cell.ion", f"{cell}{lines}"))
    assert {finding.code for finding in findings} <= {"W305"}
    return [finding.message.split("`")[1] for finding in findings]


@pytest.mark.parametrize("start", ["0", "0.001", "1"])
@pytest.mark.parametrize("law", [OHM, GHK])
def test_a_calcium_current_alone(law: str, start: str) -> None:
    assert filled(I_Ca.format(I=law, start=start)) == ["Ca.i"]


def test_in_other_units() -> None:
    cell = CELL.replace("1e-4 [mM]", "100 [nM]")
    assert filled(I_Ca.format(I=OHM, start=0), cell) == ["Ca.i"]


@pytest.mark.parametrize(
    "lines",
    [
        "current I_PMCA carries Ca:\n    I = 0.2 [uA/cm^2] / (1 + 2e-4 [mM] / Ca.i)\n",
        "current I_NCX carries 3 Na, -1 Ca:\n    I = -1e-5 [uA/cm^2 / mM] * (1e5 * exp(-V / 50) * Ca.i - Na.i)\n",
        "flux J_up carries Ca from i to er per i:\n    J = Ca.i / 10 [ms]\n",
        "reaction buffer:\n    Ca.i + B <-> CaB : 1 [1/(mM ms)], 1e-3 [1/ms]\nstate B = 1 [mM]\nstate CaB [mM]\n",
        "event much = Ca.i > 1e-3 [mM]\non much:\n    Ca.i = 1e-4 [mM]\n",
    ],
)
def test_a_way_out(lines: str) -> None:
    assert "Ca.i" not in filled(I_Ca.format(I=OHM, start=0) + lines)


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("influx(i)", ["Ca.i"]),
        ("0.01 * influx(i)", ["Ca.i"]),
        ("0.01 * influx(i) + 0 * i / 80 [ms]", ["Ca.i"]),
        ("influx(i) - (i - 1e-4 [mM]) / 80 [ms]", []),
        ("-0.01 [mM cm^2/(uA ms)] * I_Ca - i / 80 [ms]", []),
        ("-0.01 [mM cm^2/(uA ms)] * I_Ca", ["Ca.i"]),
    ],
)
def test_written_equations(rate: str, expected: list[str]) -> None:
    cell = CELL.replace("    state i = 1e-4 [mM]\n", f"    state i = 1e-4 [mM]\n    i' = {rate}\n")
    assert filled(I_Ca.format(I=OHM, start=0), cell) == expected


def test_sodium_needs_a_pump_and_potassium_and_chloride_need_none() -> None:
    potassium = "current I_K carries K:\n    I = 0.1 [mS/cm^2] * (V - K.E)\n"
    chloride = "current I_Cl carries Cl:\n    I = 0.1 [mS/cm^2] * (V - Cl.E)\n"
    pump = "current I_NaK carries 3 Na, -2 K:\n    I = 1 [uA/cm^2] / (1 + 20 [mM] / Na.i)\n"
    assert filled(I_Na + potassium + chloride) == ["Na.i"]
    assert filled(I_Na + potassium + chloride + pump) == []
    assert filled(pump) == []


@pytest.mark.parametrize(
    "lines",
    [
        "current I_Ca carries Ca:\n    I = -1 [uA/cm^2]\n",
        "stimulus I_Ca = 0 [uA/cm^2] carries Ca\n",
        "input x\ncurrent I_Ca carries Ca:\n    I = x * 0.1 [mS/cm^2] * (V - Ca.E)\n",
    ],
)
def test_nothing_is_said_of_what_is_prescribed_or_unknown(lines: str) -> None:
    assert filled(lines) == []


UP = "flux J_up carries Ca from i to er per i:\n    J = 3e-4 [mM/ms] / (1 + (2.5e-4 [mM] / Ca.i)^2)\n"
RELEASE = "flux J_rel carries Ca from er to i per er:\n    {lines}\n"


@pytest.mark.parametrize(
    "lines",
    [
        "J = 0.1 [1/ms] * (Ca.er - Ca.i) if Ca.i > 1e-3 [mM] and V > -40 [mV] else 0",
        "state O = 0\n    O' = ((1 if Ca.i > 1e-3 [mM] else 0) - O) / 10 [ms]\n    J = 0.1 [1/ms] * O * (Ca.er - Ca.i)",
        "input trigger = 0\n    J = 0.1 [1/ms] * trigger * (Ca.er - Ca.i)",
    ],
)
def test_a_store_whose_release_is_closed_at_rest(lines: str) -> None:
    cell = CELL.replace("    o = 2 [mM]\n", "    o = 2 [mM]\n    state er = 1 [mM]\n")
    assert filled(UP, cell) == ["Ca.er"]
    assert filled(UP + RELEASE.format(lines=lines), cell) == []


def test_a_current_that_is_0_at_rest_may_be_the_way_out() -> None:
    pump = "current I_p carries Ca:\n    {0}\n    I = 0.1 [uA/cm^2] * on * Ca.i / (Ca.i + 1e-3 [mM])\n"
    calcium = I_Ca.format(I=OHM, start=0)
    assert filled(calcium + pump.format("input on = 0")) == []
    assert filled(calcium + pump.format("state on = 0\n    on' = (1 - on) / 100 [ms]")) == []
    assert filled(calcium + "current I_p carries Ca:\n    I = 0 [uA/cm^2]\n") == ["Ca.i"]


def test_once_for_all_variants() -> None:
    assert filled(I_Na + "variant fed:\n    Na.i = 15 [mM]\nvariant poor:\n    Na.o = 100 [mM]\n") == ["Na.i"]
