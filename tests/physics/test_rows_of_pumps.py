"""Rows 13, 14, 19, 20 and 27 of docs/physics.md: what currents, pumps and fluxes do to concentrations and volumes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import iondsl
from tests.physics.page import example
from tests.targets.kernels import TARGETS, needs_compiler

F = 96485.33212


def compiled(model: iondsl.Model, scheme: str, target: str) -> iondsl.Cell:
    if target == "c":
        needs_compiler()
    return model.compile(scheme=scheme, target=target)


def test_row_13_shares_of_the_pump(tmp_path: Path) -> None:
    """The net current is one charge of 3 sodium and 2 potassium ions, whatever it depends on."""
    model = example(13, tmp_path)
    states = np.array([np.linspace(-90, 40, 7), np.linspace(2, 60, 7), np.linspace(150, 90, 7)])
    sodium, potassium = model.evaluate(["Na.i'", "K.i'"], states)
    np.testing.assert_allclose(sodium / potassium, -1.5, rtol=1e-15)
    net = model.evaluate("I_pump", states)
    np.testing.assert_allclose(sodium, -3 * net * 10 / F, rtol=1e-8)  # uA/cm^2 into 1 um in mM/ms


def test_row_13_work_of_a_cycle(tmp_path: Path) -> None:
    assert float(example(13, tmp_path).evaluate("work")) == pytest.approx(43.2, abs=0.05)


@pytest.mark.parametrize("target", TARGETS)
def test_row_14_the_pump_balances_the_leak(target: str, tmp_path: Path) -> None:
    model = example(14, tmp_path)
    result = compiled(model, "rk4", target).run(until=40_000.0, dt=10.0, record=("I_leak", "I_pump", "Na.i"))
    leak, pump, sodium = (result[name][-1, 0] for name in ("I_leak", "I_pump", "Na.i"))
    assert leak == pytest.approx(-65, rel=1e-15)
    assert pump == pytest.approx(65, rel=1e-9)
    assert sodium == pytest.approx(10, rel=1e-9)
    assert result["Na.i"][0, 0] < sodium


@pytest.mark.parametrize("target", TARGETS)
def test_row_14_an_electrogenic_pump_hyperpolarises(target: str, tmp_path: Path) -> None:
    """V comes to rest where Mullins and Noda say, 5.8 mV below the rest of the leaks alone."""
    model = example(14, tmp_path, 1)
    rest = compiled(model, "exponential_euler", target).run(until=5000.0, dt=0.5, record=()).state[0, 0]
    assert rest == pytest.approx(-71.06, abs=5e-3)
    assert rest == pytest.approx(float(model.evaluate("Mullins_Noda")), abs=1e-6)
    assert float(model.evaluate("without_pump")) == pytest.approx(-65.22, abs=5e-3)
    assert float(model.evaluate("without_pump")) - rest == pytest.approx(5.8, abs=0.05)


def test_row_19_a_pump_keeps_the_volume(tmp_path: Path) -> None:
    """Water moves until both sides have one osmolarity, and every ion until its pump balances its leak."""
    model = example(19, tmp_path, 1)
    end = compiled(model, "rk4", "c").run(until=20_000.0, dt=0.5, record=()).state[:, 0]
    V, volume, *inside = end
    assert sum(inside) == pytest.approx(300, rel=1e-10)
    np.testing.assert_allclose(model.evaluate(["Na.i.amount'", "K.i.amount'", "Cl.i.amount'"], end), 0, atol=1e-12)
    chloride = model.evaluate("Cl.E", end)
    assert float(chloride) == pytest.approx(V, abs=1e-7)  # no pump holds it off its equilibrium
    assert inside[3] * volume == pytest.approx(110 * 0.12, rel=1e-12)  # what cannot leave has not left
    assert 0.08 < volume < 0.12


def test_row_19_without_its_pump_the_cell_swells(tmp_path: Path) -> None:
    cell = compiled(example(19, tmp_path, 1), "rk4", "c")
    sizes = [
        cell.run(until=until, dt=0.5, parameters={"I_pump.I_max": 0.0}, record=()).state[1, 0]
        for until in (20_000.0, 40_000.0, 60_000.0)
    ]
    assert 0.12 < sizes[0] < sizes[1] < sizes[2]


@pytest.mark.parametrize("target", TARGETS)
def test_row_19_charge_inside_is_that_on_the_membrane(target: str, tmp_path: Path) -> None:
    """F times the charge inside less C A V does not change: what leaves the space has crossed the membrane."""
    model = example(19, tmp_path, 1, behind="apart [fC] = F * charge(i) - membrane.C * membrane.area * V\n")
    result = compiled(model, "rk4", target).run(until=100.0, dt=0.1, record=("apart", "V"))
    assert np.ptp(result["V"]) > 10
    moved = 50 * np.ptp(result["V"])  # C A times the change of V, in aC
    assert 1000 * np.ptp(result["apart"]) < 1e-9 * moved


def test_row_20_influx_into_a_shell(tmp_path: Path) -> None:
    model = example(20, tmp_path)
    assert float(model.evaluate("rise")) == pytest.approx(5.18214e-5, rel=2e-6)
    assert float(model.evaluate("Ca.shell'")) == float(model.evaluate("rise"))


@pytest.mark.parametrize("target", TARGETS)
def test_row_20_what_is_booked_arrives(target: str, tmp_path: Path) -> None:
    end = compiled(example(20, tmp_path), "rush_larsen", target).run(until=100.0, dt=0.01, record=()).state
    assert end[1, 0] == pytest.approx(1e-4 + 100 * 10 / (2 * F), rel=1e-9)


def beats(target: str, folder: Path) -> tuple[iondsl.Model, dict[str, Any]]:
    model = example(27, folder)
    names = ("V", "Ca.i", "Ca.sr", "I_CaL", "I_NCX", "J_up", "J_release", "total", "Ca.i'", "Ca.sr'")
    result = compiled(model, "rush_larsen", target).run(until=600.0, dt=0.02, protocol="beat", record=names, every=1.0)
    return model, {name: result[name][:, 0] for name in names}


@pytest.mark.parametrize("target", TARGETS)
def test_row_27_calcium_of_a_heart_cell(target: str, tmp_path: Path) -> None:
    """Fluxes move calcium between the spaces; the currents, with their shares, are all that changes the whole."""
    _, found = beats(target, tmp_path)
    assert found["V"].max() > 0
    assert found["Ca.i"].max() > 2 * found["Ca.i"][0]
    entered = -(found["I_CaL"] - 2 * found["I_NCX"]) * 100 / (2 * F)  # uA/cm^2 through 10,000 um^2 in fmol/ms
    whole = found["Ca.i'"] * 20 + found["Ca.sr'"] * 1
    np.testing.assert_allclose(whole, entered, rtol=1e-6, atol=1e-12)


def test_row_27_fluxes_alone_conserve(tmp_path: Path) -> None:
    model = example(27, tmp_path)
    off = {"I_CaL.P": 0.0, "I_NCX.k": 0.0}
    result = compiled(model, "rush_larsen", "numpy").run(
        until=300.0, dt=0.02, parameters=off, record=("total", "Ca.sr")
    )
    assert np.ptp(result["total"]) < 1e-12 * result["total"][0, 0]
    assert np.ptp(result["Ca.sr"]) > 1e-4
