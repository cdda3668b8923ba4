"""Clamped states: a kernel of its own, in which the state is an input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from iondsl.errors import UsageError
from tests.simulate.kernels import drive, membrane_cell, steps, wave

CLAMP = (drive("V", steps(-65, 5, 0), clamp=True),)


def half(V: float) -> float:
    return float(1 / (1 + np.exp(-(V + 50) / 10)))


@pytest.mark.parametrize("dt", [0.01, 0.025])
def test_a_clamped_gate_relaxes_from_the_step_at_the_edge(dt: float) -> None:
    cell = membrane_cell(clamp=CLAMP)
    result = cell.run(until=10, dt=dt, protocol="clamp", record=("V", "n", "V'"), every=dt)
    edge = round(5 / dt)
    n = np.arange(len(result.time))
    assert np.array_equal(result["V"][:, 0], np.where(n < edge, -65.0, 0.0))
    before = half(-65) + (0.25 - half(-65)) * (1 - dt / 5) ** np.minimum(n, edge)
    expected = half(0) + (before - half(0)) * (1 - dt / 5) ** np.maximum(n - edge, 0)
    assert result["n"][:, 0] == pytest.approx(expected, rel=1e-11)
    assert not result["V'"].any()


def test_the_final_state_holds_what_was_clamped() -> None:
    cell = membrane_cell(clamp=(drive("V", wave("ramp", start=0, width=10, first=-80, last=20), clamp=True),))
    assert cell.run(until=5, protocol="clamp", record=()).state[0, 0] == pytest.approx(-30)
    assert cell.run(until=20, protocol="clamp", record=()).state[0, 0] == 20


def test_a_clamped_run_can_be_released() -> None:
    cell = membrane_cell(clamp=CLAMP)
    clamped = cell.run(until=8, protocol="clamp", record=())
    free = cell.run(until=10, state=clamped.state, t=clamped.time[-1], inputs={"I": 1.0})
    assert free["V"][0, 0] == 0
    assert free["V"][-1, 0] > 1


def test_a_level_for_each_cell_overrides_the_clamp() -> None:
    levels = np.array([-80.0, -40.0, 0.0])
    cell = membrane_cell(clamp=CLAMP)
    result = cell.run(until=100, protocol="clamp", inputs={"V": levels}, record=("V", "n"))
    assert np.array_equal(result["V"], np.tile(levels, (1001, 1)))
    assert result["n"][-1] == pytest.approx([half(V) for V in levels], rel=1e-6)


def test_a_driven_parameter_is_no_longer_one() -> None:
    cell = membrane_cell(drift=(drive("tau", steps(5, 2, 10)),))
    with pytest.raises(UsageError) as caught:
        cell.run(until=5, protocol="drift", parameters={"tau": 7})
    assert str(caught.value) == "`tau` is driven by the protocol: to override that, give it in `inputs`"


def test_a_kernel_without_variants_says_so() -> None:
    alone = replace(membrane_cell(clamp=CLAMP), variant=None)
    with pytest.raises(UsageError) as caught:
        alone.run(until=5, protocol="clamp")
    assert str(caught.value) == "this kernel was not compiled to hold `V`"


def test_a_held_state_can_be_stepped() -> None:
    cell = membrane_cell(clamp=CLAMP)
    assert cell.variant is not None
    held = cell.variant(("V",), ())
    state = held.initial_state(cells=2)
    held.step(state, 0.0, 0.01, steps=10, inputs={"V": [-20.0, 10.0]})
    assert state[0].tolist() == [-20.0, 10.0]
