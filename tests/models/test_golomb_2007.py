"""The fast spiker of Golomb et al. 2007 fires as its figures 2 and 3 show: at once, after a delay, in bursts, slowly.

The captions of figures 3 and 5 give theta, g and the current of the delayed and of the slow cell. What else stands here
could not be read off the paper: spikes and intervals are those of its equations, in the authors' file for figure 2C
(ModelDB 97747), with theta, g and the current put in for the other figures.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

import iondsl
from tests.reference.models import Array
from tests.reference.numerics import crossings


class Step(NamedTuple):
    """A current in uA/cm^2, applied to the cell of a variant."""

    variant: str
    current: float


DELAYED, BELOW, ABOVE = Step("", 3.35), Step("tonic", 2.90), Step("tonic", 2.92)
STUTTERING, SLOW = Step("stuttering", 4.2), Step("window", 1.25)
STEPS = (DELAYED, BELOW, ABOVE, STUTTERING, SLOW)
VARIED = ("I_d.g", "I_Na.theta")


@cache
def spikes() -> dict[Step, Array]:
    """The times of the spikes, in ms, in a second of each step."""
    models = {step: iondsl.load("golomb_2007", variant=step.variant) for step in STEPS}
    parameters = {name: np.array([models[step].parameters[name].value for step in STEPS]) for name in VARIED}
    inputs = {"I_app": np.array([step.current for step in STEPS])}
    cell = models[DELAYED].compile(scheme="rk4", target="c")
    run = cell.run(until=1000, dt=0.01, every=0.01, record=("V",), parameters=parameters, inputs=inputs)
    return {step: crossings(run.time, run["V"][:, k]) for k, step in enumerate(STEPS)}


def test_delayed_firing() -> None:
    """As the authors' file does, by Runge-Kutta at 0.005 and 0.0025 ms."""
    found = spikes()[DELAYED]
    assert len(found) == 26
    assert found[0] == pytest.approx(16.156, abs=0.001)
    intervals = np.diff(found)
    assert intervals[0] > 10 * intervals[1:].max()


def test_the_lowest_rate_without_a_delay() -> None:
    """As in figure 2B: below threshold one spike at most, and at it 27.4 Hz."""
    assert len(spikes()[BELOW]) == 1
    assert 1000 / np.diff(spikes()[ABOVE])[-1] == pytest.approx(27.4, abs=0.1)


def test_stuttering() -> None:
    """As in figure 2D: nothing for half a second, then bursts."""
    found = spikes()[STUTTERING]
    assert found[0] > 400
    assert np.sort(np.diff(found))[-1] > 200
    assert np.median(np.diff(found)) < 25


def test_a_large_window_lets_it_fire_slowly() -> None:
    """Figure 3B, top: "low frequency delayed tonic firing", here fewer than 5 Hz."""
    found = spikes()[SLOW]
    assert found[0] > 400
    assert np.diff(found).min() > 200
