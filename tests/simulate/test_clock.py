"""The grid of time."""

from __future__ import annotations

import numpy as np
import pytest

from iondsl.errors import UsageError
from iondsl.simulate.clock import clock, stride


def test_times_are_multiples_of_dt() -> None:
    grid = clock(0.3, 100.0, 0.1, "ms")
    assert (grid.origin, grid.first, grid.last) == (0.0, 3, 1000)
    assert grid.time(3) == 3 * 0.1
    assert grid.times(np.array([7])).tolist() == [7 * 0.1]


def test_a_start_off_the_grid_is_an_origin() -> None:
    grid = clock(0.0314, 1.0, 0.01, "ms")
    assert (grid.origin, grid.first, grid.last) == (0.0314, 0, 96)


@pytest.mark.parametrize(
    ("start", "until", "dt", "steps"),
    [
        (0, 100, 0.01, 10_000),
        (0, 0.3, 0.1, 3),
        (0, 0.35, 0.1, 3),
        (5, 5, 0.1, 0),
        (-1, 1, 0.25, 8),
        (0, 2, 2, 1),
    ],
)
def test_a_run_ends_at_the_last_step_that_is_not_behind_until(
    start: float, until: float, dt: float, steps: int
) -> None:
    grid = clock(start, until, dt, "ms")
    assert grid.last - grid.first == steps


def test_the_first_step_after_an_edge() -> None:
    grid = clock(0.0, 1.0, 0.1, "ms")
    edges = np.array([0.0, 0.1, 0.12, 0.15, 0.18, 0.3])
    assert grid.steps_at(edges).tolist() == [0, 1, 1, 1, 2, 3]


@pytest.mark.parametrize(("dt", "steps"), [(0.01, 10), (0.025, 4), (0.03, 4), (0.1, 1), (0.3, 1), (5, 1)])
def test_the_default_interval_is_at_least_a_tenth(dt: float, steps: int) -> None:
    assert stride(None, dt, "ms") == steps


def test_an_interval_must_be_a_multiple() -> None:
    assert stride(0.3, 0.1, "ms") == 3
    with pytest.raises(UsageError) as caught:
        stride(0.025, 0.01, "ms")
    assert str(caught.value) == (
        "every = 0.025 ms is not a multiple of dt = 0.01 ms: the nearest are 0.02 ms and 0.03 ms"
    )
    with pytest.raises(UsageError) as caught:
        stride(0.005, 0.01, "ms")
    assert str(caught.value) == "every = 0.005 ms is not a multiple of dt = 0.01 ms: the nearest is 0.01 ms"


@pytest.mark.parametrize(
    ("start", "until", "dt", "message"),
    [
        (0, 10, 0, "dt must be a positive number, not 0"),
        (0, 10, float("nan"), "dt must be a positive number, not nan"),
        (4, 5, 10, "dt = 10 ms is longer than the run, 1 ms"),
        (10, 5, 0.1, "until = 5 ms lies before the start, t = 10 ms"),
        (0, float("inf"), 0.1, "t and until must be finite, not 0 and inf"),
    ],
)
def test_what_is_no_grid(start: float, until: float, dt: float, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        clock(start, until, dt, "ms")
    assert str(caught.value) == message
