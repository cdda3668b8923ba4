"""Stages of a step: everything is computed once, and found in its row when it is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sympy import Symbol, exp, log

from iondsl import algebra, pipeline, reading
from iondsl.options import Options
from iondsl.step import Step
from iondsl.targets._cut import staged
from iondsl.targets._stages import Stages, filled
from tests.targets.kernels import build
from tests.targets.small_steps import small_step

X, Y, Z = map(algebra.symbol, "xyz")
MODELS = ("hodgkin_huxley_1952", "luo_rudy_1991", "ten_tusscher_2006", "clancy_rudy_2002", "pinsky_rinzel_1994")


def step_of(name: str, scheme: str) -> Step:
    return pipeline.step_of(pipeline.model_of(pipeline.resolve(reading.read(name))), Options(scheme=scheme))


def nested() -> Step:
    """Calls of calls, a single one behind a stage, two functions behind one stage, and values that wait for the end."""
    early, inner = 1 / (1 + X * X), exp(-Y * Y)
    outer = exp(-inner * X) + log(1 + Z * Z) * log(2 + inner * inner)
    return small_step("nested", {X: X + early * outer, Y: Y + exp(-outer) * early, Z: Z + inner * early})


@pytest.mark.parametrize("scheme", ["rush_larsen", "rk4"])
@pytest.mark.parametrize("name", MODELS)
def test_what_is_read_lies_in_its_row(name: str, scheme: str) -> None:
    step = step_of(name, scheme)
    assert replayed(step, staged(step)) == {row for row, _ in enumerate(step.states)}


def test_rows_are_used_again() -> None:
    stages = staged(step_of("ten_tusscher_2006", "rush_larsen"))
    assert stages.size < len(stages.rows) + 8


def replayed(step: Step, stages: Stages) -> set[int]:
    """Goes through the stages as a kernel does, with the symbol that each row holds; the states that are changed."""
    given = {*step.states, *step.parameters, step.time, step.dt, *(each.symbol for each in step.samples)}
    given |= {each.target for part in step.advance.parts[:-1] for each in part}
    held: dict[int, Symbol] = {}
    *early, last = stages.stages
    gates, at = (stages.relax.gates, stages.relax.stage) if stages.relax else ((), -1)
    for number, stage in enumerate(stages.stages):
        here = {each.target for each in stage.assignments}
        behind = [value for gate in gates for value in (gate.steady, gate.argument)] if number == at else []
        for symbol in {each for value in (*stage.values(), *behind) for each in value.free_symbols} - here - given:
            assert held[stages.rows[symbol]] == symbol
        held |= dict(stage.kept)
        for call in stage.calls:
            filled_up = range(call.first, call.first + filled(call.rows))
            assert not set(filled_up).intersection(row for row, _ in stage.kept)
            held = {row: each for row, each in held.items() if row not in filled_up}
            held |= dict(enumerate(call.symbols, call.first))
    assert not any(stage.outputs for stage in early)
    assert not last.calls
    if stages.relax:
        first, second = (
            {*range(start, start + filled(len(gates)))} for start in (stages.relax.steady, stages.relax.arguments)
        )
        assert not first & second
        for stage in stages.stages[at:]:  # they stay until the end
            written = {row for call in stage.calls for row in range(call.first, call.first + filled(call.rows))}
            assert not (first | second) & (written | {row for row, _ in stage.kept})
        assert max(first | second) < stages.size
    pairs = enumerate(zip(step.advance.outputs, step.states, strict=True))
    unchanged = {row for row, (new, old) in pairs if new == old}
    return {row for row, _ in last.outputs} | {gate.state for gate in gates} | unchanged


def test_gates_side_by_side_are_one_run() -> None:
    relax = staged(step_of("luo_rudy_1991", "rush_larsen")).relax
    assert relax is not None
    assert [(first, rows) for first, _, _, rows in relax.runs()] == [(2, 6)]
    relax = staged(step_of("pinsky_rinzel_1994", "rush_larsen")).relax
    assert relax is not None
    assert sum(rows for *_, rows in relax.runs()) == len(relax.gates)
    covered = [first + number for first, _, _, rows in relax.runs() for number in range(rows)]
    assert covered == [gate.state for gate in relax.gates]


@pytest.mark.parametrize("cells", [1, 20, 200])
def test_calls_of_calls(cells: int, tmp_path: Path) -> None:
    modules = [build(target, nested(), Options(), tmp_path) for target in ("numpy", "c")]
    ends = []
    for module in modules:
        state = module.initial_state(cells) + np.linspace(-1, 1, cells)
        module.step(state, module.default_parameters(), module.default_inputs(), 0.0, 0.1, 50)
        ends.append(state)
    np.testing.assert_allclose(ends[1], ends[0], rtol=1e-12, atol=1e-12)


FAR = {
    "float64": [-800.0, -740.0, -600.0, 600.0, 709.7, 800.0, 1e5, -1e5, np.nan],
    "float32": [-100.0, -80.0, 70.0, 88.5, 100.0, 1e5, -1e5, np.nan],
}


@pytest.mark.parametrize("dtype", FAR)
@pytest.mark.parametrize("cells", [1, 20, 200])
def test_exponentials_far_from_zero(cells: int, dtype: str, tmp_path: Path) -> None:
    """Where one argument of a block is large, all are taken by the full exponential: with the same bits."""
    step = small_step("far", {X: X, Y: exp(X) + 0 * Y, Z: exp(exp(X))})
    module = build("c", step, Options(dtype=dtype), tmp_path)
    near = module.initial_state(cells)
    near[0] = np.linspace(-3, 3, cells)
    far = np.concatenate([near, np.array([FAR[dtype]] * 3, dtype)], axis=1)
    far[1:, cells:] = 0
    for state in (near, far):
        module.step(state, module.default_parameters(), module.default_inputs(), 0.0, 0.1, 1)
    np.testing.assert_array_equal(far[:, :cells], near)
    rounding = float(np.finfo(dtype).eps)
    with np.errstate(over="ignore", under="ignore"):
        expected = np.exp(far[0, cells:].astype(np.float64)).astype(dtype)
        np.testing.assert_allclose(far[1, cells:], expected, rtol=20 * rounding)
        twice = np.exp(expected.astype(np.float64)).astype(dtype)
        np.testing.assert_allclose(far[2, cells:], twice, rtol=2000 * rounding)


@pytest.mark.parametrize("dtype", FAR)
def test_each_far_exponential_is_seen(dtype: str, tmp_path: Path) -> None:
    """Of both signs, by itself among 20 cells that are near 0."""
    step = small_step("far", {X: X, Y: exp(X) + 0 * Y})
    module = build("c", step, Options(dtype=dtype), tmp_path)
    for value in FAR[dtype]:
        state = module.initial_state(20)
        state[0] = np.linspace(-3, 3, 20)
        state[:, 7] = value, 0
        module.step(state, module.default_parameters(), module.default_inputs(), 0.0, 0.1, 1)
        with np.errstate(over="ignore", under="ignore"):
            expected = np.exp(np.array(value, dtype))
        np.testing.assert_allclose(state[1, 7], expected, rtol=20 * float(np.finfo(dtype).eps))
