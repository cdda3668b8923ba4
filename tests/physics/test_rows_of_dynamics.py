"""Rows 8, 9, 21, 22, 23, 25 and 26 of docs/physics.md: gates, membranes and schemes in time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import iondsl
from tests.physics.page import example
from tests.targets.kernels import TARGETS, needs_compiler


def compiled(model: iondsl.Model, scheme: str, target: str = "numpy") -> iondsl.Cell:
    if target == "c":
        needs_compiler()
    return model.compile(scheme=scheme, target=target)


@pytest.mark.parametrize("target", TARGETS)
def test_row_8_gates(target: str, tmp_path: Path) -> None:
    """Both forms are one equation, which a step solves exactly, however long it is."""
    model = example(8, tmp_path)
    assert model.evaluate(["p.inf", "p.tau"]).tolist() == pytest.approx([0.8, 1.6], rel=1e-15)
    for dt in (1.0, 0.1):
        end = compiled(model, "rush_larsen", target).run(until=1.0, dt=dt, record=()).state
        assert end[:, 0].tolist() == pytest.approx([0.371791, 0.371791], abs=5e-7)
    exact = 0.8 * -np.expm1(-1 / 1.6)
    assert end[:, 0].tolist() == pytest.approx([exact, exact], rel=1e-14)
    p = np.linspace(0, 1, 11)
    rates = model.derivatives(np.array([p, p]))
    np.testing.assert_allclose(rates[0], 0.5 * (1 - p) - 0.125 * p, rtol=0, atol=1e-16)
    np.testing.assert_allclose(rates[1], (0.8 - p) / 1.6, rtol=0, atol=1e-16)


def test_row_9_rates_and_current_as_functions(tmp_path: Path) -> None:
    """C V' is the stimulus less I_ion(V, s), and whoever integrates f(s, V, t) gets what a run gives."""
    model = example(9, tmp_path)

    def f(t: float, state: Any) -> Any:
        return model.derivatives(state, t)

    start = np.array([each.value for each in model.states])
    states = start[:, None] * np.linspace(0.5, 1.5, 7)
    I_ion = model.evaluate("I_ion", states)
    np.testing.assert_allclose(20 * f(0.0, states)[0], 90 - I_ion, rtol=0, atol=1e-11)
    expected = solve_ivp(f, (0, 100), start, rtol=1e-10, atol=1e-12).y[:, -1]
    found = compiled(model, "rk4").run(until=100.0, dt=0.02, record=()).state[:, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-6)


@pytest.mark.parametrize("target", TARGETS)
def test_row_9_generated_rates_and_outputs(target: str, tmp_path: Path) -> None:
    """The module alone gives rates, currents and the tension, as functions of state and time."""
    model = example(9, tmp_path)
    module = compiled(model, "rush_larsen", target).module
    state = module.initial_state(cells=3)
    state[0] = [-80, -60, 0]
    values = module.observe(state, module.default_parameters(), module.default_inputs(), 0.0)
    observed = dict(zip(module.OBSERVABLES, values, strict=True))
    np.testing.assert_allclose(observed["V'"], (90 - observed["I_ion"]) / 20, rtol=1e-13)
    np.testing.assert_allclose(observed["tension"], 1 / (1 + (1 / 0.1) ** 4), rtol=1e-14)
    np.testing.assert_allclose(observed["I_ion"], model.evaluate("I_ion", state), rtol=1e-13)


def test_row_9_tension_follows_calcium(tmp_path: Path) -> None:
    result = compiled(example(9, tmp_path), "rush_larsen").run(until=300.0, dt=0.05, record=("Ca.i", "tension"))
    calcium, tension = result["Ca.i"][:, 0], result["tension"][:, 0]
    assert calcium.max() > 2 * calcium[0]
    np.testing.assert_allclose(tension, 1 / (1 + calcium**-4.0), rtol=1e-12)


@pytest.mark.parametrize("target", TARGETS)
def test_row_21_step_response(target: str, tmp_path: Path) -> None:
    model = example(21, tmp_path)
    assert float(model.evaluate("tau")) == 10
    result = compiled(model, "rk4", target).run(until=50.0, protocol="step", dt=0.01, every=10.0)
    risen = (result["V"][:, 0] + 70) / 10  # of I R = 10 mV
    np.testing.assert_allclose(risen, -np.expm1(-result.time / 10), rtol=0, atol=1e-10)
    assert 100 * risen[1] == pytest.approx(63.212, abs=5e-4)


@pytest.mark.parametrize("target", TARGETS)
def test_row_22_squid_axon(target: str, tmp_path: Path) -> None:
    """At rest, and firing at 10 µA/cm^2."""
    cell = compiled(example(22, tmp_path), "rk4", target)
    rest = cell.run(until=200.0, dt=0.01, record=()).state[:, 0]
    assert rest.tolist() == pytest.approx([-64.99638, 0.052955, 0.595994, 0.317732], abs=6e-6)
    V = cell.run(until=400.0, dt=0.01, inputs={"I_app": 10.0}, every=0.01)
    late = V["V"][20000:, 0]
    assert late.max() == pytest.approx(30.43, abs=5e-3)
    assert late.min() == pytest.approx(-74.90, abs=5e-3)
    crossings = np.flatnonzero((late[:-1] < 0) & (late[1:] >= 0))
    instants = crossings - late[crossings] / (late[crossings + 1] - late[crossings])
    assert 1000 / (0.01 * np.diff(instants)[-1]) == pytest.approx(68.324, abs=2e-3)


def test_row_22_is_the_bundled_model(tmp_path: Path) -> None:
    ours, bundled = example(22, tmp_path), iondsl.load("hodgkin_huxley_1952")
    states = np.array([[-80.0, -40.0, 0.0], [0.1, 0.5, 0.9], [0.9, 0.5, 0.1], [0.3, 0.4, 0.8]])
    assert [each.name for each in ours.states] == [each.name for each in bundled.states]
    np.testing.assert_array_equal(ours.derivatives(states), bundled.derivatives(states))


def test_row_23_cable(tmp_path: Path) -> None:
    """The length, and what a steady current leaves of V along the pieces: V'' = V/lambda^2 in differences."""
    model = example(23, tmp_path)
    assert model.evaluate("lambda") == pytest.approx(0.0707, abs=5e-5)
    assert model.evaluate("lambda") == pytest.approx(np.sqrt(1e4 * 2e-4 / (4 * 100)), rel=1e-14)
    end = compiled(model, "exponential_euler").run(until=300.0, dt=0.05, inputs={"near.I_app": 1.0}, record=()).state
    near, middle, far = end[:, 0] + 70
    slope = (0.01 / np.sqrt(0.005)) ** 2  # (h/lambda)^2
    assert middle / far == pytest.approx(1 + slope, rel=1e-9)
    assert near / far == pytest.approx((2 + slope) * (1 + slope) - 1, rel=1e-9)
    assert near / 10 + 5 * (near - middle) == pytest.approx(1, rel=1e-9)  # 1/R_m and along in mS/cm^2
    assert near + middle + far == pytest.approx(10, rel=1e-9)


@pytest.mark.parametrize("target", TARGETS)
def test_row_25_clamp(target: str, tmp_path: Path) -> None:
    """The current has its peak 0.62 ms behind the step, and is its conductance times the driving force."""
    cell = compiled(example(25, tmp_path), "rush_larsen", target)
    result = cell.run(until=20.0, protocol="clamp", dt=0.005, every=0.005, record=("V", "I_Na", "conductance"))
    current = result["I_Na"][:, 0]
    assert current.min() == pytest.approx(-1456.84, abs=0.03)
    assert result.time[current.argmin()] == pytest.approx(5.62, abs=0.01)
    np.testing.assert_allclose(current, result["conductance"][:, 0] * (result["V"][:, 0] - 50), rtol=1e-12)
    assert set(result["V"][result.time > 5.01, 0]) == {0.0}


def test_row_25_stimulus(tmp_path: Path) -> None:
    """1 ms of 20 µA/cm^2 on 1 µF/cm^2 is 20 mV, less what the channels let through."""
    result = compiled(example(25, tmp_path), "rk4").run(
        until=6.0, protocol="pulses", parameters={"I_Na.g": 0.0}, every=1.0
    )
    assert result["V"][:, 0].tolist() == pytest.approx([-65] * 6 + [-45], abs=1e-9)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("scheme", "order"), [("forward_euler", 1), ("rk4", 4)])
def test_row_26_order(scheme: str, order: int, target: str, tmp_path: Path) -> None:
    """Halving the step divides the error by 2 to the power of the order."""
    cell = compiled(example(26, tmp_path), scheme, target)
    errors = []
    for dt in (0.2, 0.1, 0.05):
        result = cell.run(until=4.0, dt=dt, every=4.0, record=("x", "exact"))
        errors.append(abs(result["x"][-1, 0] - result["exact"][-1, 0]))
    ratios = np.array(errors[:-1]) / np.array(errors[1:])
    np.testing.assert_allclose(ratios, 2.0**order, rtol=0.06)
