"""The conditions of proofs, in the kernel itself: for those who call it without `Cell`."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from iondsl import pipeline
from iondsl.errors import NumericsError
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.simulate.kernel import Booleans
from iondsl.source import Source


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


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_an_exact_kernel_goes_to_half_a_volt(target: str) -> None:
    """Beyond it a cell becomes NaN, and no other; dt and parameters are free."""
    exact = cell(target, fast=False)
    kernel = exact.module
    state = kernel.initial_state(5)
    state[0] = (-65.0, 500.0, -500.0, 501.0, -3600.0)
    kernel.step(state, kernel.default_parameters(), kernel.default_inputs(), 0.0, 0.01, 1)
    assert np.isfinite(state[0]).tolist() == [True, True, True, False, False]
    assert finite_after(exact, 3.0, T=300.0)[0].all()


def test_a_run_that_leaves_it_is_told() -> None:
    exact = cell("c", fast=False)
    with pytest.raises(NumericsError, match=r"`V` has left its range, -500 to 500 mV: it is") as told:
        exact.run(until=5, cells=3, inputs={"I_app": np.array([0.0, -2e5, 0.0])})
    assert "if it belongs there, give `V` a range that holds it" in str(told.value)
    assert "cell 1" in str(told.value)


def test_an_exact_step_without_proofs_has_no_guards() -> None:
    """Nothing in it is an exponential of V."""
    text = """\
model plain:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current I:
    g = 1 [mS/cm^2]
    I = g * (V + 60 [mV])
"""
    step = pipeline.step_of(pipeline.model_of(pipeline.resolve(Source("plain.ion", text))), Options())
    assert step.assumed is None
    assert not any(output.has(sympy.Piecewise) for output in step.advance.outputs)


def test_what_no_proof_uses_is_not_guarded() -> None:
    """In voltage clamp V is an input, and everything that depends on it exact."""
    exact, fast = cell("numpy", fast=False), cell("numpy")
    one, two = (each.run(until=10, protocol="clamp", record=("I_Na",)) for each in (exact, fast))
    assert np.array_equal(one["I_Na"], two["I_Na"])
