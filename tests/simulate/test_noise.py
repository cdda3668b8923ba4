"""Noise: its distribution in time and over cells, and that a course is one and the same, however it is asked for."""

from __future__ import annotations

import math

import numpy as np
import pytest

from iondsl import pipeline
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.simulate.noise import BLOCK, TOGETHER, Course, Noise
from iondsl.source import Source

MODEL = """model noisy:
input u = 0
state x = 0
x' = u / 1 [ms]
event up = u > 3
protocol p:
    u = 1 + 2 * noise(sd = 0.5, tau = 5 [ms], seed = 7)
protocol two:
    u = noise(1, 5, 1) - noise(1, 0.005 [s], 1)
protocol both:
    u = noise(1, 5, 1) + noise(1, 5, 2)
"""


def cell(scheme: str = "rk4", target: str = "numpy") -> Cell:
    return pipeline.cell_of(Source("noisy.ion", MODEL), Options(scheme, target))


def test_it_is_stationary_and_forgets_exponentially() -> None:
    """2000 independent cells: four standard errors of the mean, the variance and the correlation at any time."""
    rows = Course(Noise(0.5, 5.0, 3), 2.0, 0.5, 2000).rows(0, 400)
    bound = 4 / np.sqrt(2000)
    for step in (0, 1, 63, 64, 399):
        assert abs(rows[step].mean()) < bound
        assert abs(rows[step].var() - 1) < np.sqrt(2) * bound
    for lag in (1, 10, 40):
        expected = np.exp(-lag * 0.5 / 5)
        for start in (0, 60, 300):
            assert abs((rows[start] * rows[start + lag]).mean() - expected) < np.sqrt(1 + expected**2) * bound


def test_one_course_over_a_long_time() -> None:
    """Its mean over T has the variance 2 sd^2 tau/T; the numbers that drive it are normal to their fourth moment."""
    rows = Course(Noise(1.0, 5.0, 11), 1.0, 0.5, 1).rows(0, 200_000)[:, 0]
    assert abs(rows.mean()) < 4 * np.sqrt(2 * 5 / 1e5)
    decay = np.exp(-0.1)
    kicks = (rows[1:] - decay * rows[:-1]) / np.sqrt(1 - decay**2)
    assert abs((kicks**3).mean()) < 4 * np.sqrt(15 / 2e5)
    assert abs((kicks**4).mean() - 3) < 4 * np.sqrt(96 / 2e5)
    assert abs((kicks[1:] * kicks[:-1]).mean()) < 4 / np.sqrt(2e5)


def test_cells_and_seeds_are_independent() -> None:
    both = Course(Noise(1.0, 0.1, 1), 1.0, 1.0, 2).rows(0, 20_000).T
    other = Course(Noise(1.0, 0.1, 2), 1.0, 1.0, 1).rows(0, 20_000).T
    for one, two in ((both[0], both[1]), (both[0], other[0])):
        assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(20_000)


def test_the_numbers_of_a_cell_are_those_of_its_own_words() -> None:
    """Box and Muller's formula, number by number, for cells near both ends of what is made together."""
    rows = Course(Noise(1.0, 1e-3, 5), 1.0, 1.0, TOGETHER + 45).rows(0, BLOCK)  # it forgets all from step to step
    counter = np.random.Philox(key=np.array([5, 0], np.uint64))
    words = [[int(each) >> 11 for each in counter.random_raw(BLOCK)] for _ in range(TOGETHER + 45)]
    for cell in (0, TOGETHER - 1, TOGETHER, TOGETHER + 44):
        half = BLOCK // 2
        pairs = list(zip(words[cell][:half], words[cell][half:], strict=True))
        radii = [math.sqrt(-2 * math.log1p(-one * 2.0**-53)) for one, _ in pairs]
        angles = [2 * math.pi * two * 2.0**-53 for _, two in pairs]
        turned = [[turn(angle) for angle in angles] for turn in (math.cos, math.sin)]
        expected = [radius * one for row in turned for radius, one in zip(radii, row, strict=True)]
        assert rows[:, cell] == pytest.approx(expected, rel=1e-13, abs=1e-13)


def test_any_part_of_a_course_is_the_same() -> None:
    noise = Noise(1.0, 5.0, 9)
    whole = Course(noise, 1.0, 0.5, 3).rows(0, 100 * BLOCK)
    parts = Course(noise, 1.0, 0.5, 3)
    for first, count in ((70 * BLOCK + 5, 200), (3, 1), (70 * BLOCK - 5, 3), (0, 10), (99 * BLOCK, BLOCK)):
        assert np.array_equal(parts.rows(first, count), whole[first : first + count])
    alone = Course(noise, 1.0, 0.5, 1)
    assert np.array_equal(alone.rows(40, 100)[:, 0], whole[40:140, 0])
    assert np.array_equal(alone.rows(-3, 7)[:, 0], whole[[3, 2, 1, 0, 1, 2, 3], 0])


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_a_run_does_not_depend_on_how_it_is_made(target: str) -> None:
    kernel = cell("forward_euler", target)
    whole = kernel.run(until=40, dt=0.1, cells=40, protocol="p", record=("u", "x"), every=0.1)
    coarse = kernel.run(until=40, dt=0.1, cells=40, protocol="p", record="u", every=4, threads=2)
    assert np.array_equal(coarse["u"], whole["u"][::40])
    assert np.array_equal(coarse.state, whole.state)
    first = kernel.run(until=13.7, dt=0.1, cells=40, protocol="p", record="u")
    second = kernel.run(until=40, dt=0.1, protocol="p", state=first.state, t=first.time[-1])
    assert np.array_equal(second.state, whole.state)
    alone = kernel.run(until=40, dt=0.1, protocol="p", record="u", every=0.1)
    assert np.array_equal(alone["u"][:, 0], whole["u"][:, 0])
    steps = np.diff(whole["x"], axis=0)
    assert steps == pytest.approx(0.1 * whole["u"][:-1])  # constant in each step
    again = [*first.events["up"].times, *second.events["up"].times]
    assert sorted(again) == sorted(whole.events["up"].times)
    assert len(again) > 0


def test_sums_of_noise() -> None:
    """One seed is one course; two seeds add their variances."""
    kernel = cell()
    nothing = kernel.run(until=5, dt=0.1, protocol="two", record="u")
    assert np.abs(nothing["u"]).max() < 1e-14
    both = kernel.run(until=1, dt=0.1, protocol="both", record="u", cells=3000)
    assert both["u"][-1].var() == pytest.approx(2, abs=4 * 2 * np.sqrt(2 / 3000))
