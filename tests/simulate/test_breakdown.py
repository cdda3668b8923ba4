"""States that cease to be finite, and interruptions."""

from __future__ import annotations

import numpy as np
import pytest

from iondsl.errors import NumericsError
from iondsl.simulate.cell import Cell
from iondsl.simulate.result import Result
from iondsl.simulate.run import RunInterrupted
from tests.simulate.kernels import Handmade, Numbers, cell, drive, membrane_cell, wave


def explosive() -> Cell:
    """x' = r x: with r dt = -20 it grows 19-fold with every step; y only watches."""

    def rates(y: Numbers, p: Numbers, u: Numbers, t: float) -> Numbers:
        return {"y": 0.0 * y["y"], "x": p["r"] * y["x"] + u["f"]}

    ramp = (drive("f", wave("ramp", start=0, width=1e6, first=0, last=0)),)

    def variant(held: tuple[str, ...], varied: tuple[str, ...]) -> Cell:
        kernel = Handmade(("y", "x"), ("r",), ("f",), rates, (1.0, 1.0), (-200.0,), (0.0,), varied=varied)
        return cell(kernel, None, variant, ramp=ramp)

    return variant((), ())


# The rate, 200 * 19^n, exceeds the largest double, 1.8e308, from n = 240 on.
LAST = 240


@pytest.mark.parametrize("protocol", [None, "ramp"])
@pytest.mark.parametrize("record", [("x",), ()])
def test_the_first_step_that_is_not_finite_is_found(record: tuple[str, ...], protocol: str | None) -> None:
    """Within a span, whether the inputs were constant or a table."""
    rates = {"r": [-1.0, -200.0]}
    with pytest.raises(NumericsError) as caught:
        explosive().run(dt=0.1, parameters=rates, record=record, every=50, protocol=protocol)
    assert str(caught.value).splitlines() == [
        "handmade.ion:2:1: `x` is not finite (-inf) at t = 24.1 ms in cell 1",
        "    2 | state x",
        "      | ^",
        "      = try a smaller dt than 0.1 ms, 0.05 ms first, or another scheme than forward_euler",
    ]
    assert caught.value.exit_code == 4


def test_the_first_step_is_rather_due_to_what_it_begins_with() -> None:
    with pytest.raises(NumericsError) as caught:
        explosive().run(dt=0.1, parameters={"r": [-1.0, -np.inf]})
    assert str(caught.value).splitlines()[-1] == (
        "      = this was the first step: check the initial state, the parameters and the inputs; "
        "else try a smaller dt than 0.1 ms, 0.05 ms first, or another scheme than forward_euler"
    )


def test_what_was_recorded_is_kept() -> None:
    with pytest.raises(NumericsError) as caught:
        explosive().run(dt=0.1, record=("x",), every=5)
    result = caught.value.result
    assert isinstance(result, Result)
    assert result.time == pytest.approx([0, 5, 10, 15, 20, 24.0])
    assert np.abs(result["x"][:, 0]) == pytest.approx(19.0 ** np.array([0, 50, 100, 150, 200, LAST]))
    assert np.isfinite(result.state).all()
    assert result.stopped == str(caught.value)
    assert result.cell_steps == LAST


def test_an_initial_state_that_is_not_finite() -> None:
    with pytest.raises(NumericsError) as caught:
        explosive().run(state=np.array([[1, 1, 1], [1, 1, np.nan]]), t=2)
    assert str(caught.value).splitlines() == [
        "handmade.ion:2:1: `x` is not finite (nan) at t = 2 ms in cell 2",
        "    2 | state x",
        "      | ^",
        "      = the run begins with it: check the initial state and the parameters",
    ]


def test_transient_overflow_is_silent() -> None:
    """exp overflows at -1e5 mV, and the gate is 0: neither a warning nor an error."""
    result = membrane_cell().run(until=1, state=[[-1e5], [0.5]])
    assert np.isfinite(result.state).all()


@pytest.mark.parametrize("call", [1, 2, 57, 100])
def test_an_interrupted_run_keeps_what_was_recorded(call: int) -> None:
    """The kernel may have been interrupted halfway, so the run returns to the end of the span before."""
    cell = membrane_cell()
    whole = cell.run(until=10, inputs={"I": 1.0})
    calls = 0

    def interrupted(y: Numbers, p: Numbers, u: Numbers, t: float) -> Numbers:
        nonlocal calls
        calls += 1
        if calls == 10 * call - 3:
            raise KeyboardInterrupt
        return rates(y, p, u, t)

    kernel = cell.module
    assert isinstance(kernel, Handmade)
    rates, kernel.rates = kernel.rates, interrupted
    with pytest.raises(RunInterrupted) as caught:
        cell.run(until=10, inputs={"I": 1.0})
    result = caught.value.result
    assert isinstance(caught.value, KeyboardInterrupt)
    assert result.stopped == "interrupted"
    assert np.array_equal(result.time, whole.time[:call])
    assert np.array_equal(result["V"], whole["V"][:call])
    assert np.array_equal(result["V"][-1], result.state[0])


def test_an_interrupted_run_can_go_on() -> None:
    cell = membrane_cell()
    whole = cell.run(until=10, inputs={"I": 1.0}, record=())

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(RunInterrupted) as caught:
        cell.run(until=7, inputs={"I": 1.0}, progress=stop)
    part = caught.value.result
    rest = cell.run(until=10, inputs={"I": 1.0}, state=part.state, t=part.time[-1], record=())
    assert np.array_equal(rest.state, whole.state)
