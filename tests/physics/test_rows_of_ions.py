"""Rows 1 to 7 and 16 to 19 of docs/physics.md: laws of solutions and membranes, from the models of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import iondsl
from tests.physics.models import computed
from tests.physics.page import example
from tests.targets.kernels import TARGETS


def value(model: iondsl.Model, name: str, **parameters: float) -> float:
    return float(model.evaluate(name, parameters=parameters))


def at_voltages(model: iondsl.Model, names: list[str], voltages: list[float]) -> Any:
    """Quantities of a model whose only state is V."""
    return model.evaluate(names, np.array([voltages]))


def test_row_1_electrochemical_potential(tmp_path: Path) -> None:
    model = example(1, tmp_path)
    assert value(model, "electrical") == pytest.approx(-6.754, abs=5e-4)
    assert value(model, "electrical") == pytest.approx(-6.76, abs=0.01)
    assert value(model, "thermal") == pytest.approx(2.577, abs=5e-4)
    assert -value(model, "electrical") / value(model, "thermal") == pytest.approx(2.620, abs=5e-4)
    assert value(model, "mu", a=1.0) == pytest.approx(value(model, "electrical"), rel=1e-15)
    assert value(model, "mu", phi=0.0) == pytest.approx(np.log(0.1) * value(model, "thermal"), rel=1e-14)


def test_row_2_driving_force(tmp_path: Path) -> None:
    model = example(2, tmp_path)
    assert value(model, "K.force") == pytest.approx(1.835, abs=5e-4)
    assert value(model, "Na.force") == pytest.approx(-13.177, abs=5e-4)
    for ion in ("K", "Na"):
        (force,) = at_voltages(model, [f"{ion}.force"], [value(model, f"{ion}.E")])
        assert abs(force[0]) < 1e-14


def test_row_3_activity(tmp_path: Path) -> None:
    model = example(3, tmp_path)
    assert value(model, "gamma") == pytest.approx(0.760, abs=5e-4)
    assert 0.75 <= value(model, "gamma") <= 0.85
    assert value(model, "K.E") == pytest.approx(-89.02, abs=5e-3)
    assert value(model, "E") == pytest.approx(-85.67, abs=6e-3)
    assert value(model, "shift") == pytest.approx(3.34, abs=5e-3)


def test_row_4_ionic_strength(tmp_path: Path) -> None:
    assert value(example(4, tmp_path), "strength") == pytest.approx(0.15, rel=1e-15)


@pytest.mark.parametrize("target", TARGETS)
def test_row_5_nernst(target: str, tmp_path: Path) -> None:
    model = example(5, tmp_path)
    expected = {"K.E": -89.06, "Na.E": 66.60, "Ca.E": 132.34, "Cl.E": -64.09}
    found = computed(model, [*expected], target)
    assert {name: each[0] for name, each in found.items()} == pytest.approx(expected, abs=5e-3)
    assert computed(model, ["K.E"], target, T=310.0)["K.E"][0] == pytest.approx(-89.02, abs=5e-3)


def test_row_5_thermal_potential(tmp_path: Path) -> None:
    model = example(5, tmp_path)
    assert value(model, "thermal") == pytest.approx(26.7267, abs=5e-5)
    assert value(model, "per_ion") == pytest.approx(value(model, "thermal"), rel=1e-15)


@pytest.mark.parametrize("target", TARGETS)
def test_row_6_reversal_potential(target: str, tmp_path: Path) -> None:
    """The current changes its sign at E_K; the cell rests above it."""
    model = example(6, tmp_path)
    E = value(model, "K.E")
    below, there, above = at_voltages(model, ["I_K"], [E - 1, E, E + 1])[0]
    assert below < 0 < above
    assert there == 0
    alone = model.compile("exponential_euler", target).run(until=200.0, dt=0.1, parameters={"I_Na.g": 0.0})
    assert alone.state[0, 0] == pytest.approx(E, abs=1e-9)
    rest = model.compile("exponential_euler", target).run(until=200.0, dt=0.1).state[0, 0]
    assert rest == pytest.approx(value(model, "rest"), abs=1e-9)
    assert rest > E + 10


def test_row_7_ohmic_current(tmp_path: Path) -> None:
    model = example(7, tmp_path)
    assert value(model, "I_Na") == pytest.approx(-65, rel=1e-15)
    assert model.currents["I_Na"].unit == "pA"


def test_row_16_selectivity(tmp_path: Path) -> None:
    model = example(16, tmp_path)
    assert value(model, "ratio") == pytest.approx(105.2, abs=0.05)
    assert value(model, "ratio", T=298.15) == pytest.approx(126.6, abs=0.05)


def test_row_18_debye_length(tmp_path: Path) -> None:
    assert value(example(18, tmp_path), "length") == pytest.approx(0.778, abs=5e-4)


def test_row_19_donnan(tmp_path: Path) -> None:
    model = example(19, tmp_path)
    assert value(model, "V") == pytest.approx(-12.861, abs=5e-4)
    assert value(model, "K") == pytest.approx(242.705, abs=5e-4)
    assert value(model, "Cl") == pytest.approx(92.705, abs=5e-4)
    assert value(model, "excess") == pytest.approx(185.41, abs=5e-3)
    assert value(model, "K") - value(model, "Cl") == pytest.approx(150, rel=1e-14)  # neutral
    assert value(model, "K") * value(model, "Cl") == pytest.approx(150**2, rel=1e-14)  # in equilibrium
def test_row_17_electroneutrality(tmp_path: Path) -> None:
    model = example(17, tmp_path)
    assert abs(value(model, "balance")) < 1e-15 * value(model, "dissolved")
    assert value(model, "share") == pytest.approx(7.3e-6, abs=5e-8)
    salt = {"Na.i": 5.0, "K.i": 70.0, "Cl.i": 75.0}  # 150 mM in all
    assert value(model, "share", **salt) == pytest.approx(1.45e-5, abs=5e-8)


