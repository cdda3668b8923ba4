"""Runs of a cell: results, continuation, values over cells, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from iondsl.errors import UsageError
from tests.simulate.kernels import drive, membrane_cell, oscillator, steps, wave

PULSE = (drive("I", wave("pulse", start=5, width=40, height=2)),)


def test_a_membrane_relaxes_as_its_equation_says() -> None:
    """Forward Euler of V' = (I - V/R)/C, in closed form."""
    result = membrane_cell().run(until=20, inputs={"I": 2.0})
    n = np.round(result.time / 0.01)
    assert result["V"].shape == (201, 1)
    assert result["V"][:, 0] == pytest.approx(20 * (1 - (1 - 0.01 / 10) ** n), rel=1e-12)


def test_defaults_of_a_run() -> None:
    result = membrane_cell().run()
    assert result.names == ("V",)
    assert (result.time[0], result.time[1], result.time[-1]) == (0.0, 10 * 0.01, 10_000 * 0.01)
    assert len(result.time) == 1001
    assert result.cell_steps == 10_000
    assert result.seconds > 0
    assert result.stopped == ""


def test_without_v_all_states_are_recorded() -> None:
    assert oscillator().run(until=1).names == ("x", "v", "c")


@pytest.mark.parametrize("offsets", [(0.0,), (0.0, 0.5, 1.0)])
def test_a_run_goes_on_bit_for_bit(offsets: tuple[float, ...]) -> None:
    """With pulses, a sine, and a rate that depends on the time itself."""
    waves = (
        wave("pulse", start=1, width=0.5, height=2, every=3),
        wave("sine", start=2, width=9, amplitude=1, frequency=0.1),
    )
    cell = oscillator(offsets, drive=(drive("f", *waves),))
    whole = cell.run(until=12, protocol="drive")
    first = cell.run(until=4.7, protocol="drive")
    second = cell.run(until=12, protocol="drive", state=first.state, t=first.time[-1])
    for name in whole.names:
        assert np.array_equal(np.concatenate([first[name], second[name][1:]]), whole[name])
    assert np.array_equal(np.concatenate([first.time, second.time[1:]]), whole.time)
    assert np.array_equal(second.state, whole.state)


def test_what_is_recorded_does_not_change_the_course() -> None:
    cell = membrane_cell(step=PULSE)
    course = cell.run(until=50, protocol="step", every=0.05)
    end = cell.run(until=50, protocol="step", record=())
    assert np.array_equal(end.state, course.state)
    assert (end.names, end.time.tolist()) == ((), [5000 * 0.01])


def test_the_end_is_recorded_even_off_the_interval() -> None:
    result = membrane_cell().run(until=0.25, every=0.1)
    assert result.time == pytest.approx([0, 0.1, 0.2, 0.25])
    assert np.array_equal(result["V"][-1], result.state[0])


def test_a_run_of_no_steps_records_its_state() -> None:
    result = membrane_cell().run(until=3, t=3)
    assert (result.time.tolist(), result["V"].tolist()) == ([3.0], [[0.0]])


def test_the_given_state_is_left_alone() -> None:
    state = np.array([[-60.0], [0.5]])
    membrane_cell().run(until=1, state=state)
    assert state.tolist() == [[-60.0], [0.5]]


def test_values_over_cells() -> None:
    cell = membrane_cell(step=PULSE)
    resistance = np.array([5.0, 10.0, 20.0])
    together = cell.run(until=60, protocol="step", parameters={"R": resistance}, inputs=None)
    for k, R in enumerate(resistance):
        alone = cell.run(until=60, protocol="step", parameters={"R": R})
        assert np.array_equal(together["V"][:, k], alone["V"][:, 0])
    assert together.cells == 3


def test_inputs_over_cells_override_the_protocol() -> None:
    cell = membrane_cell(step=PULSE)
    result = cell.run(until=100, protocol="step", inputs={"I": [0.0, 1.0]}, record=("V", "I"), cells=2)
    assert result["I"].tolist() == [[0.0, 1.0]] * 1001
    assert result["V"][-1] == pytest.approx([0, 10], rel=1e-4)
    assert result.drives == ()


def test_a_protocol_beside_inputs_over_cells() -> None:
    """A varying input of all cells and a constant one of each are read from one table."""
    drift = (drive("tau", wave("ramp", start=1, width=5, first=5, last=9)),)
    cell = membrane_cell(offsets=(0.0, 0.5, 1.0), both=drift)
    together = cell.run(until=10, protocol="both", inputs={"I": [0.5, 2.0]}, record=("V", "n"))
    for k, current in enumerate([0.5, 2.0]):
        alone = cell.run(until=10, protocol="both", inputs={"I": current}, record=("V", "n"))
        assert np.array_equal(together["n"][:, k], alone["n"][:, 0])


def test_observables_and_aliases() -> None:
    result = membrane_cell(step=PULSE).run(until=10, protocol="step", record=("I", "rate_V", "V", "V'"))
    assert result.names == ("I", "V'", "V")
    assert result.units["V'"] == "mV/ms"
    assert np.array_equal(result["rate_V"], result["I"] - result["V"] / 10)
    assert "rate_V" in result
    assert "n" not in result


@pytest.mark.parametrize("offsets", [(0.0,), (0.0, 0.5, 1.0)])
@pytest.mark.parametrize("dt", [0.01, 0.025])
def test_a_pulse_charges_from_the_step_at_its_edge(dt: float, offsets: tuple[float, ...]) -> None:
    cell = membrane_cell(offsets, step=PULSE)
    result = cell.run(until=50, dt=dt, protocol="step", record=("V", "I"), every=dt)
    start, end = round(5 / dt), round(45 / dt)
    current = np.zeros(len(result.time))
    current[start:end] = 2
    assert np.array_equal(result["I"][:, 0], current)
    (charged,) = np.nonzero(result["V"][:, 0])
    assert charged[0] == start + 1
    assert not any(varying for _, varying in kernel_calls(cell))


def test_constant_inputs_are_no_tables() -> None:
    """Spans end at edges, so that only a ramp or a sine needs a value per step."""
    waves = (wave("pulse", start=5.003, width=2, height=2, every=4), steps(0, 7, 1))
    cell = membrane_cell(step=(drive("I", *waves),))
    cell.run(until=20, protocol="step", every=5)
    assert not any(varying for _, varying in kernel_calls(cell))
    cell = membrane_cell(ramp=(drive("I", wave("ramp", start=5, width=2, first=0, last=1)),))
    cell.run(until=20, protocol="ramp", record=())
    assert sum(steps for steps, varying in kernel_calls(cell) if varying) == 200


def kernel_calls(cell: Any) -> list[tuple[int, bool]]:
    calls: list[tuple[int, bool]] = cell.module.calls
    return calls


@pytest.mark.parametrize("shape", ["ramp", "sine"])
def test_inputs_are_read_at_the_stages_of_the_scheme(shape: str) -> None:
    """x'' = -x + f(t): rk4 is of fourth order only where f is read at its stages."""
    waves = {
        "ramp": wave("ramp", start=0, width=10, first=0, last=10),
        "sine": wave("sine", start=0, width=10, amplitude=3, frequency=2 / (2 * np.pi)),
    }
    exact = {"ramp": 2.0 + np.cos(2) - np.sin(2), "sine": np.cos(2) + 2 * np.sin(2) - np.sin(4)}
    cell = oscillator(driven=(drive("f", waves[shape]),))
    ends = [cell.run(until=2, dt=dt, protocol="driven", record=()).state[0, 0] for dt in (0.1, 0.05)]
    errors = [abs(end - exact[shape]) for end in ends]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(4, abs=0.15)


def test_many_cells_are_checked_more_often() -> None:
    cell = membrane_cell()
    cell.run(until=20, record=(), cells=20_000)
    assert {steps for steps, _ in kernel_calls(cell)} == {500}


def test_float32() -> None:
    result = membrane_cell(dtype="float32", step=PULSE).run(until=50, protocol="step", record=("V", "I"))
    assert result["V"].dtype == result.state.dtype == np.float32
    assert result.time.dtype == np.float64


def test_progress_ends_with_the_total() -> None:
    seen: list[tuple[int, int]] = []
    membrane_cell().run(until=1, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (100, 100)


def test_a_parameter_may_be_driven() -> None:
    """It is held, so a ramp has a value before and after."""
    cell = membrane_cell(cool=(drive("tau", wave("ramp", start=1, width=2, first=5, last=10)),))
    result = cell.run(until=5, protocol="cool", record=("tau",), every=1)
    assert result["tau"][:, 0] == pytest.approx([5, 5, 7.5, 10, 10, 10])


def test_step_is_in_place() -> None:
    cell = membrane_cell()
    state = cell.initial_state(parameters={"R": [5.0, 10.0]})
    cell.step(state, t=0.0, dt=0.01, steps=2000, parameters={"R": [5.0, 10.0]}, inputs={"I": 2.0})
    whole = cell.run(until=20, parameters={"R": [5.0, 10.0]}, inputs={"I": 2.0}, record=())
    assert np.array_equal(state, whole.state)


def test_a_recording_that_no_memory_can_hold_is_refused() -> None:
    with pytest.raises(UsageError, match="recording needs .* GB of memory: record less often"):
        membrane_cell().run(until=1e15, dt=0.01)


def test_more_cells_than_any_memory_can_hold_are_refused() -> None:
    with pytest.raises(UsageError, match="the states of 10{12} cells need 1.6e.04 GB of memory"):
        membrane_cell().run(cells=10**12, record=())


@pytest.mark.parametrize(
    ("state", "dt", "message"),
    [
        ([[1.0], [0.0]], 0.01, "`state` must be an array, which is advanced in place, not list"),
        (np.zeros((1, 1)), 0.01, r"`state` must have the shape"),
        (np.zeros((2, 1)), 0.0, "dt must be a positive number, not 0.0"),
        (np.zeros((2, 1)), -1.0, "dt must be a positive number, not -1.0"),
        (np.zeros((2, 1)), float("nan"), "dt must be a positive number, not nan"),
    ],
)
def test_what_cannot_be_stepped(state: Any, dt: float, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        membrane_cell().step(state, 0.0, dt)


def test_a_result_names_what_was_not_recorded() -> None:
    result = membrane_cell().run(until=1)
    with pytest.raises(UsageError, match="`n` was not recorded: name it in `record`"):
        result["n"]
    with pytest.raises(UsageError, match="`0` was not recorded: name it in `record`"):
        result[0]  # type: ignore[index]
    with pytest.raises(UsageError, match="`v` was not recorded: did you mean `V`"):
        result["v"]
