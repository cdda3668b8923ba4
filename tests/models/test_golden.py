"""The bundled models give their published numbers, fixed points and firing, through both targets."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import iondsl
from tests.reference import golden
from tests.reference.models import Array
from tests.reference.numerics import Rates, crossings, firing_rate, hopf, peak, rest, saddle_node

TARGETS = ("numpy", "c")


@cache
def load(name: str) -> iondsl.Model:
    return iondsl.load(name)


@cache
def compiled(name: str, target: str) -> iondsl.Cell:
    return load(name).compile(scheme="rk4", target=target, dtype="float64")


def rates(name: str, target: str, parameters: dict[str, float] | None = None) -> Rates:
    """The derivatives that a target computes, at one state or at many."""
    cell = compiled(name, target)
    names = [f"{state.name}'" for state in cell.states]

    def derivatives(state: Array, I: float | Array) -> Array:
        columns = state.reshape(len(names), -1)
        current = np.broadcast_to(I, columns.shape[1])
        found = cell.evaluate(names, columns, parameters=parameters, inputs={"I_app": current})
        return found.reshape(state.shape)

    return derivatives


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("point", golden.RESTS, ids=str)
def test_rest(point: golden.FixedPoint, target: str) -> None:
    at_rest = rest(rates(point.model, target), point.gates, point.low, point.high)
    assert at_rest[0] == pytest.approx(point.value, abs=point.within)


@pytest.mark.parametrize("target", TARGETS)
def test_gates_at_rest(target: str) -> None:
    at_rest = rest(rates("hodgkin_huxley_1952", target), 3, -70, -60)
    assert at_rest[1:] == pytest.approx(golden.REST_GATES, abs=5e-7)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("point", golden.SADDLE_NODES, ids=str)
def test_saddle_node(point: golden.FixedPoint, target: str) -> None:
    current = saddle_node(rates(point.model, target), point.gates, point.low, point.high)
    assert current == pytest.approx(point.value, abs=point.within)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("point", golden.HOPFS, ids=str)
def test_hopf(point: golden.FixedPoint, target: str) -> None:
    current = hopf(rates(point.model, target), point.gates, point.low, point.high)
    assert current == pytest.approx(point.value, abs=point.within)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("low", "high", "value"), golden.HOPFS_AT_130)
def test_hopf_moves_with_a_parameter(low: float, high: float, value: float, target: str) -> None:
    current = hopf(rates("morris_lecar_1981", target, parameters={"Ca.E": 130.0}), 1, low, high)
    assert current == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("firing", golden.FIRINGS, ids=str)
def test_firing_rate(firing: golden.Firing, target: str) -> None:
    result = compiled(firing.model, target).run(
        until=firing.until, dt=0.02, cells=1, inputs={"I_app": firing.current}, record=("V",), every=0.02
    )
    assert firing_rate(result.time, result["V"][:, 0]) == pytest.approx(firing.rate, abs=firing.within)


@pytest.mark.parametrize("target", TARGETS)
def test_peak_and_trough(target: str) -> None:
    result = compiled("hodgkin_huxley_1952", target).run(
        until=150.0, dt=0.02, cells=1, inputs={"I_app": 10.0}, record=("V",), every=0.02
    )
    steady = result.time > 100
    time, V = result.time[steady], result["V"][steady, 0]
    assert peak(time, V)[1] == pytest.approx(golden.PEAK, abs=0.005)
    assert -peak(time, -V)[1] == pytest.approx(golden.TROUGH, abs=0.005)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("width", "threshold"), golden.THRESHOLDS)
def test_threshold_of_a_pulse(width: float, threshold: float, target: str) -> None:
    cell = compiled("hodgkin_huxley_1952", target)
    at_rest = rest(rates("hodgkin_huxley_1952", target), 3, -70, -60)
    both = np.stack([at_rest, at_rest], axis=1)
    heights = threshold + np.array([-1e-4, 1e-4])
    pulse = cell.run(until=width, dt=0.01, cells=2, state=both, inputs={"I_app": heights}, record=())
    after = cell.run(
        until=30.0, dt=0.01, cells=2, state=pulse.state, inputs={"I_app": 0.0}, record=("V",), every=0.1
    )
    assert list(after["V"].max(axis=0) > 0) == [False, True]


@pytest.mark.parametrize("target", TARGETS)
def test_clamp(target: str) -> None:
    result = compiled("hodgkin_huxley_1952", target).run(
        until=26.0, dt=0.01, cells=1, protocol="clamp", record=("I_Na", "I_K"), every=0.01
    )
    time, height = peak(result.time, -result["I_Na"][:, 0])
    assert time - 5 == pytest.approx(golden.CLAMP_PEAK_TIME, abs=0.005)
    assert -height == pytest.approx(golden.CLAMP_PEAK_I_NA, abs=0.01)
    assert np.interp(25.0, result.time, result["I_K"][:, 0]) == pytest.approx(golden.CLAMP_I_K, abs=0.01)


@pytest.mark.parametrize("target", ["c", pytest.param("numpy", marks=pytest.mark.slow)])
def test_action_potential(target: str) -> None:
    result = compiled("luo_rudy_1991", target).run(
        until=450.0, dt=0.01, cells=1, protocol="pace", record=("V",), every=0.01
    )
    time, V = result.time, result["V"][:, 0]
    peak_time, height = peak(time, V)
    level = golden.ACTION_POTENTIAL_LEVEL
    duration = crossings(time, -V, -level)[-1] - crossings(time, V, level)[0]
    assert peak_time == pytest.approx(golden.ACTION_POTENTIAL_PEAK_TIME, abs=0.005)
    assert height == pytest.approx(golden.ACTION_POTENTIAL_PEAK, abs=0.001)
    assert duration == pytest.approx(golden.ACTION_POTENTIAL_DURATION, abs=0.005)
