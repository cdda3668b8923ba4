"""The conditions of proofs, in the kernel itself: for those who call it without `Cell`."""

from __future__ import annotations

import numpy as np
import pytest

from iondsl import pipeline
from iondsl.options import Options
from iondsl.passes import guards
from iondsl.simulate import Cell
from iondsl.simulate.kernel import Booleans


def cell(target: str, fast: bool = True) -> Cell:
    return pipeline.cell_of(pipeline.source_of("hodgkin_huxley_1952"), Options(target=target, fast=fast))


def finite_after(cell: Cell, dt: float, **changed: float) -> Booleans:
    """Which states are finite after one step of three cells: at rest, at the end of the range, beyond it."""
    kernel = cell.module
    parameters = kernel.default_parameters()
    for name, value in changed.items():
        parameters[[column.name for column in cell.parameters].index(name)] = value
    state = kernel.initial_state(3)
    state[0] = (-65.0, 80.0, 80.5)
    kernel.step(state, parameters, kernel.default_inputs(), 0.0, dt, 1)
    found: Booleans = np.isfinite(state)
    return found


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_what_is_not_proven_is_nan(target: str) -> None:
    """At a V outside in its own cell; in all of them at a longer step and with other parameters."""
    fast = cell(target)
    assert finite_after(fast, 0.01).tolist() == [[True, True, False], *[[True, True, True]] * 3]
    assert not finite_after(fast, 0.011).any()
    assert not finite_after(fast, 0.01, T=300.0).any()
    assert finite_after(fast, 0.01, **{"I_Na.g": 100.0})[:, :2].all()


def test_an_exact_step_has_no_guards() -> None:
    step = pipeline.step_of(
        pipeline.model_of(pipeline.resolve(pipeline.source_of("hodgkin_huxley_1952"))), Options()
    )
    assert guards.rewrite(step) is step


def test_what_no_proof_uses_is_not_guarded() -> None:
    """In voltage clamp V is an input, and everything that depends on it exact."""
    exact, fast = cell("numpy", fast=False), cell("numpy")
    one, two = (each.run(until=10, protocol="clamp", record=("I_Na",)) for each in (exact, fast))
    assert np.array_equal(one["I_Na"], two["I_Na"])
