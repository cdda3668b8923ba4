"""The oracle itself gives the numbers that it is there to check."""

from __future__ import annotations

import numpy as np
import pytest

from tests.reference import golden, models
from tests.reference.models import Array
from tests.reference.numerics import (
    Rates,
    crossings,
    firing_rate,
    hopf,
    peak,
    rest,
    rk4,
    saddle_node,
    settled,
)


def rates(name: str) -> Rates:
    function: Rates = getattr(models, name)
    return function


# Others are held to their numbers by tests/models alone.
RESTS = [point for point in golden.RESTS if hasattr(models, point.model)]


@pytest.mark.parametrize("point", RESTS, ids=str)
def test_rest(point: golden.FixedPoint) -> None:
    at_rest = rest(rates(point.model), point.gates, point.low, point.high)
    assert at_rest[0] == pytest.approx(point.value, abs=point.within)


@pytest.mark.parametrize("point", golden.SADDLE_NODES, ids=str)
def test_saddle_node(point: golden.FixedPoint) -> None:
    current = saddle_node(rates(point.model), point.gates, point.low, point.high)
    assert current == pytest.approx(point.value, abs=point.within)


@pytest.mark.parametrize("point", golden.HOPFS, ids=str)
def test_hopf(point: golden.FixedPoint) -> None:
    current = hopf(rates(point.model), point.gates, point.low, point.high)
    assert current == pytest.approx(point.value, abs=point.within)


@pytest.mark.parametrize("firing", golden.FIRINGS, ids=str)
def test_firing_rate(firing: golden.Firing) -> None:
    dt = 0.02
    point = next(point for point in golden.RESTS if point.model == firing.model)
    at_rest = rest(rates(firing.model), point.gates, point.low, point.high)
    V = rk4(rates(firing.model), at_rest, firing.current, dt, round(firing.until / dt))[:, 0]
    assert firing_rate(dt * np.arange(len(V), dtype=np.float64), V) == pytest.approx(
        firing.rate, abs=firing.within
    )


@pytest.mark.parametrize(("width", "threshold"), golden.THRESHOLDS)
def test_threshold_of_a_pulse(width: float, threshold: float) -> None:
    dt = 0.01
    heights = threshold + np.array([-1e-4, 1e-4])
    at_rest = rest(models.hodgkin_huxley_1952, 3, -70, -60)
    both = np.stack([at_rest, at_rest], axis=1)
    after = rk4(models.hodgkin_huxley_1952, both, heights, dt, round(width / dt))[-1]
    V = rk4(models.hodgkin_huxley_1952, after, 0.0, dt, round(30 / dt))[:, 0]
    assert list(V.max(axis=0) > 0) == [False, True]


def test_clamp() -> None:
    def clamped(state: Array, I: float | Array) -> Array:
        derivatives = models.hodgkin_huxley_1952(state, I)
        return np.concatenate([np.zeros(1), derivatives[1:]])

    dt = 0.01
    stepped = settled(models.hodgkin_huxley_1952, 3, -65.0)
    stepped[0] = 0.0
    V, m, h, n = rk4(clamped, stepped, 0.0, dt, round(20 / dt)).T
    time, height = peak(dt * np.arange(len(V), dtype=np.float64), -120 * m**3 * h * (V - 50))
    assert time == pytest.approx(golden.CLAMP_PEAK_TIME, abs=0.005)
    assert -height == pytest.approx(golden.CLAMP_PEAK_I_NA, abs=0.01)
    assert 36 * n[-1] ** 4 * (V[-1] + 77) == pytest.approx(golden.CLAMP_I_K, abs=0.01)


def test_action_potential() -> None:
    dt = 0.01
    state = np.array([-84.5286, 2e-4, 0.0017, 0.9832, 0.995484, 3e-6, 1.0, 0.0057])
    pieces = []
    for current, duration in ((0.0, 50.0), (80.0, 0.5), (0.0, 400.0)):
        trajectory = rk4(models.luo_rudy_1991, state, current, dt, round(duration / dt))
        pieces.append(trajectory[:-1, 0])
        state = trajectory[-1]
    V = np.concatenate(pieces)
    time = dt * np.arange(len(V), dtype=np.float64)
    peak_time, height = peak(time, V)
    level = golden.ACTION_POTENTIAL_LEVEL
    duration = crossings(time, -V, -level)[-1] - crossings(time, V, level)[0]
    assert peak_time == pytest.approx(golden.ACTION_POTENTIAL_PEAK_TIME, abs=0.005)
    assert height == pytest.approx(golden.ACTION_POTENTIAL_PEAK, abs=0.001)
    assert duration == pytest.approx(golden.ACTION_POTENTIAL_DURATION, abs=0.005)
