"""Reactions in every scheme: what they conserve, their exact solution, and how fast it is approached."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import iondsl
from tests.reference.models import Array

SCHEMES = ("forward_euler", "rush_larsen", "exponential_euler", "rk4")
EXACT = 1e-12

BUFFERED = """model buffered:
    "Calcium between two spaces, one of which swells, with a buffer in each and a carrier."
space i:
    volume = 2000 [um^3]
space o:
    state volume = 500 [um^3]
    volume' = (700 [um^3] - volume) / 100 [ms]
ion Ca:
    z = +2
    state i = 1 [uM]
    state o = 2 [mM]
state B = 50 [uM]
state BCa = 0 [uM]
state D = 1 [mM]
state D2Ca = 0 [mM]
state E = 0.1 [mM]
state ECa = 0 [mM]
reaction buffer:
    Ca.i + B <-> BCa : 0.1 [1/uM/ms], 0.1 [1/ms]
reaction outside in o:
    Ca.o + 2 D <-> D2Ca : 0.01 [1/mM^2/ms], 0.01 [1/ms]
reaction carrier:
    Ca.i + E <-> ECa : 1 [1/mM/ms], 0.01 [1/ms]
    ECa <-> E + Ca.o : 0.1 [1/ms], 0.02 [1/mM/ms]
"""


def cell(lines: str, folder: Path, scheme: str, target: str = "numpy") -> iondsl.Cell:
    path = folder / "model.ion"
    path.write_text(lines, encoding="utf-8")
    return iondsl.load(path).compile(scheme=scheme, target=target)


def totals(result: iondsl.Result) -> dict[str, Array]:
    """Calcium, and each of what binds it, in amol."""
    i, o = 2000.0, result["o.volume"]
    B, BCa = result["B"] / 1000, result["BCa"] / 1000
    inside = result["Ca.i"] / 1000 + BCa + result["ECa"]
    outside = result["Ca.o"] + result["D2Ca"]
    return {
        "Ca": inside * i + outside * o,
        "B": (B + BCa) * i,
        "D": (result["D"] + 2 * result["D2Ca"]) * o,
        "E": (result["E"] + result["ECa"]) * i,
    }


def check_totals(cell: iondsl.Cell, until: float) -> None:
    result = cell.run(until=until, dt=0.025, every=until / 10)
    for name, amount in totals(result).items():
        assert np.ptp(amount) <= EXACT * amount[0, 0], name
    assert result["BCa"][-1, 0] > 1  # it did react
    assert result["o.volume"][-1, 0] > 590


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_total_is_kept(scheme: str, tmp_path: Path) -> None:
    check_totals(cell(BUFFERED, tmp_path, scheme), 100)


def test_every_total_is_kept_in_native_code(tmp_path: Path) -> None:
    check_totals(cell(BUFFERED, tmp_path, "exponential_euler", "c"), 2500)


@pytest.mark.slow
@pytest.mark.parametrize("target", ["numpy", "c"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_total_is_kept_in_100_000_steps(scheme: str, target: str, tmp_path: Path) -> None:
    check_totals(cell(BUFFERED, tmp_path, scheme, target), 2500)


BINDING = """model binding:
    "A + B <-> C, which has a closed solution."
state A = 3 [mM]
state B = 5 [mM]
state C = 0 [mM]
reaction r:
    A + B <-> C : {k_on} [1/mM/ms], {k_off} [1/ms]
"""


def bound(time: Array, k_on: float, k_off: float) -> Array:
    """C' = k_on (C - low) (C - high): its roots are the equilibrium and one that is never reached."""
    middle = (3 + 5 + k_off / k_on) / 2
    reach = np.sqrt(middle**2 - 3 * 5)
    low, high = 3 * 5 / (middle + reach), middle + reach
    fallen = np.exp(-k_on * (high - low) * time)
    course: Array = low * high * (1 - fallen) / (high - low * fallen)
    return course


def errors(scheme: str, folder: Path) -> list[float]:
    run = cell(BINDING.format(k_on=0.1, k_off=0.05), folder, scheme).run
    results = [run(until=8, dt=dt, record=("C",), every=1.0) for dt in (0.1, 0.05)]
    return [float(np.abs(each["C"][:, 0] - bound(each.time, 0.1, 0.05)).max()) for each in results]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_closed_solution_and_order(scheme: str, tmp_path: Path) -> None:
    coarse, fine = errors(scheme, tmp_path)
    order = 4 if scheme == "rk4" else 1
    assert fine < (1e-8 if scheme == "rk4" else 0.03)
    assert np.log2(coarse / fine) == pytest.approx(order, abs=0.15)


def test_rates_are_recorded(tmp_path: Path) -> None:
    result = cell(BINDING.format(k_on=0.1, k_off=0.05), tmp_path, "rk4").run(until=5, dt=0.1, record=("r.rate", "C"))
    C = result["C"][:, 0]
    assert result["r.rate"][:, 0] == pytest.approx(0.1 * (3 - C) * (5 - C) - 0.05 * C, rel=1e-12)


RAPID = """model rapid:
    "Calcium whose equation is written, as a rapid buffer has it, beside a buffer that is a reaction."
space i:
    volume = 1 [pL]
ion Ca:
    z = +2
    state i = 1e-2 [mM]
    i' = influx(Ca.i) / (1 + 10)
state B = 0.05 [mM]
state CaB = 0 [mM]
reaction buffer:
    Ca.i + B <-> CaB : 20 [1/mM/ms], 0.1 [1/ms]
"""


@pytest.mark.parametrize("scheme", ["rush_larsen", "exponential_euler"])
def test_a_written_balance_is_followed(scheme: str, tmp_path: Path) -> None:
    exact = cell(RAPID, tmp_path, "rk4").run(until=20, dt=0.01, every=1.0)
    errors = []
    for dt in (0.02, 0.01):
        result = cell(RAPID, tmp_path, scheme).run(until=20, dt=dt, every=1.0)
        assert np.ptp(result["B"] + result["CaB"]) <= EXACT * 0.05
        errors.append(np.abs(result["Ca.i"] - exact["Ca.i"]).max())
    assert np.log2(errors[0] / errors[1]) == pytest.approx(1, abs=0.15)


STIFF = """model stiff:
    "k_on [B] is 500/ms, and a flux feeds the pool."
space i:
    volume = 1 [pL]
ion Ca:
    z = +2
    state i = 1e-4 [mM]
    o = 2 [mM]
flux J carries Ca from o to i per i:
    J = 1e-3 [mM/ms]
state B = 5 [mM]
state CaB = 0 [mM]
reaction buffer:
    Ca.i + B <-> CaB : 100 [1/mM/ms], 0.1 [1/ms]
protocol held:
    clamp Ca.i = 1e-3
"""


@pytest.mark.parametrize("scheme", ["rush_larsen", "exponential_euler"])
def test_stiff_reactions_are_stable_and_keep_what_is_bound(scheme: str, tmp_path: Path) -> None:
    result = cell(STIFF, tmp_path, scheme).run(until=250, dt=0.025, every=25.0)
    buffer, calcium = result["B"] + result["CaB"], result["Ca.i"] + result["CaB"]
    assert np.ptp(buffer) <= EXACT * 5
    brought = 1e-4 + 1e-3 * result.time
    assert calcium[:, 0] == pytest.approx(brought, rel=EXACT)
    Ca, B, CaB = (result[name][-1, 0] for name in ("Ca.i", "B", "CaB"))
    assert 100 * Ca * B - 0.1 * CaB == pytest.approx(1e-3, rel=1e-3)  # it binds what comes in


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_clamped_is_not_moved(scheme: str, tmp_path: Path) -> None:
    result = cell(STIFF, tmp_path, scheme).run(until=40, dt=0.005, every=10.0, protocol="held")
    assert result["Ca.i"][1:] == pytest.approx(1e-3)
    assert np.ptp(result["B"] + result["CaB"]) <= EXACT * 5
    assert result["CaB"][-1] == pytest.approx(2.5, rel=1e-3)
