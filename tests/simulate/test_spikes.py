"""Spikes, rates and summaries."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from iondsl.simulate.result import Result
from iondsl.simulate.spikes import crossings, describe, speed, summary
from tests.simulate.kernels import membrane_cell

TIME = np.arange(0, 100, 0.5)


def recorded(*courses: np.ndarray) -> Result:
    result = membrane_cell().run(until=0, cells=len(courses))
    values = np.column_stack(courses)
    return replace(result, time=TIME, samples={"V": values}, seconds=0.5, cell_steps=1_000_000)


def wave(period: float) -> np.ndarray:
    """Crosses 0 upwards at 3 + k * period."""
    return 20 * np.sin(2 * np.pi * (TIME - 3) / period)


def test_crossings_are_interpolated() -> None:
    time, values = np.array([0.0, 1.0, 2.0, 3.0, 4.0]), np.array([-1.0, 3.0, -2.0, 0.0, 5.0])
    assert crossings(time, values).tolist() == [0.25, 3.0]
    assert crossings(time, values, threshold=2.0).tolist() == [0.75, 3.4]


def test_a_course_that_stays_above_never_crosses() -> None:
    assert crossings(np.array([0.0, 1.0]), np.array([1.0, 2.0])).size == 0


def test_summary_per_cell() -> None:
    found = summary(recorded(wave(10), wave(25), -np.ones(len(TIME))))
    assert found.spikes.tolist() == [10, 4, 0]
    assert found.rate == pytest.approx([100, 40, 0], rel=1e-3)
    assert found.rate_unit == "Hz"
    assert found.peak == pytest.approx([20, 20, -1], rel=0.05)


def test_a_rate_in_an_unknown_unit_of_time() -> None:
    found = summary(replace(recorded(wave(10)), time_unit="day"))
    assert (found.rate[0], found.rate_unit) == (pytest.approx(0.1, rel=1e-3), "1/day")


def test_lines_for_a_reader() -> None:
    one, three = recorded(wave(10)), recorded(wave(10), wave(25), -np.ones(len(TIME)))
    assert [*describe(summary(one)), *speed(one)] == [
        "spikes  10",
        "rate    100 Hz (by the last interval)",
        "peak    20 mV (V)",
        "speed   2 million cell-steps per second",
    ]
    assert next(describe(summary(three))) == "spikes  4 (0 to 10)"
