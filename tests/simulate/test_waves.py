"""Shapes of protocols: values, edges, and the convention of the step's middle."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iondsl.errors import UsageError
from iondsl.simulate.clock import clock
from iondsl.simulate.waves import refuse_short_pulses, signal
from iondsl.wave import Wave
from tests.simulate.kernels import drive, steps, wave

TIMES = np.array([-1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])


def values(*waves: Wave, clamp: bool = False) -> list[float]:
    found: list[float] = signal(drive("I", *waves, clamp=clamp)).value(TIMES, TIMES).tolist()
    return found


def test_constant() -> None:
    assert values(wave("constant", value=3.0)) == [3.0] * 8


def test_a_pulse_includes_its_start_and_not_its_end() -> None:
    assert values(wave("pulse", start=1, width=2, height=7)) == [0, 0, 7, 7, 0, 0, 0, 0]


def test_pulses_recur_and_end_after_their_count() -> None:
    assert values(wave("pulse", start=0, width=1, height=7, every=2)) == [0, 7, 0, 7, 0, 7, 0, 7]
    assert values(wave("pulse", start=0, width=1, height=7, every=2, count=2)) == [0, 7, 0, 7, 0, 0, 0, 0]


def test_pulses_that_overlap_do_not_add() -> None:
    assert values(wave("pulse", start=0, width=3, height=7, every=2, count=2)) == [0, 7, 7, 7, 7, 7, 0, 0]


def test_a_ramp_is_zero_outside_its_window() -> None:
    assert values(wave("ramp", start=1, width=4, first=2, last=4)) == [0, 0, 2, 2.5, 3, 3.5, 0, 0]


def test_a_ramp_that_clamps_holds_its_ends() -> None:
    found = values(wave("ramp", start=1, width=4, first=2, last=4), clamp=True)
    assert found == [2, 2, 2, 2.5, 3, 3.5, 4, 4]


def test_a_ramp_without_width_is_a_jump() -> None:
    assert values(wave("ramp", start=1, width=0, first=2, last=4), clamp=True) == [2, 2, 4, 4, 4, 4, 4, 4]


def test_a_sine_starts_at_its_phase() -> None:
    found = values(wave("sine", start=1, width=3, amplitude=2, frequency=0.25, phase=math.pi / 2))
    assert found == pytest.approx([0, 0, 2, 0, -2, 0, 0, 0], abs=1e-15)
    found = values(wave("sine", start=1, width=3, amplitude=2, frequency=0.25))
    assert found == pytest.approx([0, 0, 0, 2, 0, 0, 0, 0], abs=1e-15)


def test_steps_take_their_first_value_from_the_beginning() -> None:
    assert values(steps(-65, 1, 0, 4, 20)) == [-65, -65, 0, 0, 0, 20, 20, 20]
    assert values(steps(-65)) == [-65] * 8


def test_terms_are_scaled_and_added() -> None:
    found = values(wave("constant", value=1), wave("pulse", scale=-2, start=1, width=2, height=3))
    assert found == [1, 1, -5, -5, 1, 1, 1, 1]


def test_edges_lie_in_the_window_that_was_asked_for() -> None:
    train = signal(drive("I", wave("pulse", start=1, width=2, height=7, every=10, count=3)))
    assert sorted(train.edges(0, 100)) == [1, 3, 11, 13, 21, 23]
    assert sorted(train.edges(3, 12)) == [3, 11]
    assert sorted(train.edges(-50, -10)) == []
    both = signal(drive("I", steps(0, 2, 1, 5, 3), wave("ramp", start=4, width=2, first=0, last=1)))
    assert sorted(both.edges(0, 100)) == [2, 4, 5, 6]


@given(
    start=st.floats(-50, 50),
    width=st.floats(0.5, 20),
    every=st.sampled_from([0.0, 1.0, 7.3, 30.0]),
    dt=st.sampled_from([0.01, 0.025, 0.1, 1 / 3]),
    first=st.integers(-1000, 1000),
)
def test_edges_are_where_the_value_changes(
    start: float, width: float, every: float, dt: float, first: int
) -> None:
    """To the step: otherwise a run would take a whole span with the wrong input."""
    grid = clock(0.0, 100.0, dt, "ms")
    train = signal(drive("I", wave("pulse", start=start, width=width, height=1, every=every)))
    numbers = np.arange(first, first + 400)
    middles = grid.middles(numbers)
    (changes,) = np.nonzero(np.diff(train.value(middles, middles)))
    edges = train.edges(grid.time(first), grid.time(first + 400))
    assert set(numbers[changes + 1]) <= set(grid.steps_at(edges))


@pytest.mark.parametrize("dt", [0.01, 0.025])
def test_a_pulse_at_5_ms_begins_with_the_step_at_5_ms(dt: float) -> None:
    grid = clock(0.0, 100.0, dt, "ms")
    middles = grid.middles(np.arange(grid.last))
    (on,) = np.nonzero(signal(drive("I", wave("pulse", start=5, width=40, height=1))).value(middles, middles))
    assert on[0] == round(5 / dt)
    assert len(on) == round(40 / dt)


@pytest.mark.parametrize("start", [5.0, 5.005])
def test_every_pulse_of_a_long_train_has_the_same_number_of_steps(start: float) -> None:
    """Also where the edges lie exactly in the middle of a step, and rounding would decide."""
    grid = clock(0.0, 10_000.0, 0.01, "ms")
    train = signal(drive("I", wave("pulse", start=start, width=0.5, height=1, every=7.1)))
    middles = grid.middles(np.arange(grid.last))
    assert grid.last == 1_000_000
    changes = np.diff(train.value(middles, middles))
    (rises,), (falls,) = np.nonzero(changes > 0), np.nonzero(changes < 0)
    assert set(falls - rises[: len(falls)]) == {50}
    assert set(np.diff(rises)) == {710}


def test_pulses_that_a_step_could_miss_are_refused() -> None:
    short = (signal(drive("I", wave("pulse", start=1, width=0.004, height=1))),)
    with pytest.raises(UsageError) as caught:
        refuse_short_pulses(short, 0.01, "ms")
    assert str(caught.value) == (
        "a pulse of `I` lasts or recurs after 0.004 ms, less than a step of 0.01 ms, and could be missed: "
        "use a smaller dt"
    )
    refuse_short_pulses(short, 0.004, "ms")
