"""What only the native kernel promises: vectors, threads, and the same bits for a cell in any company."""

from __future__ import annotations

import platform
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray
from sympy import Gt, exp

from iondsl import algebra, pipeline, reading
from iondsl.build.compiler import ARITHMETIC
from iondsl.options import Options
from iondsl.simulate.kernel import Packed
from iondsl.step import Step
from iondsl.targets import _kernel
from tests.targets.hodgkin_huxley import hodgkin_huxley
from tests.targets.kernels import Module, build
from tests.targets.small_steps import small_step
from tests.targets.vectors import scalar_loops

Array: TypeAlias = NDArray[Any]

OPTIONS = Options(scheme="rush_larsen")
STEPS = 2000
FLAGS = [*ARITHMETIC, "-march=x86-64-v4", "-mprefer-vector-width=512"]


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Module:
    return build("c", hodgkin_huxley("rush_larsen"), OPTIONS, tmp_path_factory.mktemp("modules"))


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Module:
    step = hodgkin_huxley("rush_larsen", ("I_Na.g", "T", "I_app"))
    return build("c", step, OPTIONS, tmp_path_factory.mktemp("varied"))


def run(module: Module, parameters: Packed, inputs: Packed, cells: int, threads: int = 1) -> Array:
    state: Array = module.initial_state(cells)
    module.step(state, parameters, inputs, 0.0, 0.01, STEPS, threads)
    return state


def given(module: Module, cells: int, least: float = 1.0) -> tuple[Packed, Packed]:
    """What varies is `least` to 1 times as large as in the last cell."""
    parameters, inputs, scale = module.default_parameters(), np.array([10.0, 0.0]), np.linspace(least, 1.0, cells)
    if not module.VARIED_PARAMETERS:
        return parameters, inputs
    return (parameters, np.array([120.0 * scale, 279.45 * np.ones(cells)])), (inputs, 10.0 * scale[None])


@pytest.mark.parametrize("kind", ["module", "varied"])
def test_a_cell_has_the_same_bits_wherever_it_stands(kind: str, request: pytest.FixtureRequest) -> None:
    module = request.getfixturevalue(kind)
    one = run(module, *given(module, 1), cells=1)
    for cells in (2, 7, 16, 17, 127, 128, 129, 300):
        state = run(module, *given(module, cells), cells=cells)
        np.testing.assert_array_equal(state, np.repeat(one, cells, axis=1), err_msg=f"{cells} cells")


@pytest.mark.parametrize("cells", [1, 100, 1000])
@pytest.mark.parametrize("kind", ["module", "varied"])
def test_threads_change_no_bit(kind: str, cells: int, request: pytest.FixtureRequest) -> None:
    module = request.getfixturevalue(kind)
    parameters, inputs = given(module, cells, 0.5)
    one = run(module, parameters, inputs, cells)
    for threads in (2, 3, 64):
        np.testing.assert_array_equal(run(module, parameters, inputs, cells, threads), one)


@pytest.mark.parametrize("cells", [48, 80])
def test_the_size_of_a_block_changes_no_bit(
    cells: int, module: Module, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_kernel.MOST, "float64", cells)
    step = hodgkin_huxley("rush_larsen")
    assert f"ION_BLOCK = {cells}," in _kernel.kernel(step, OPTIONS)
    small = build("c", step, OPTIONS, tmp_path)
    state, same = (run(each, *given(each, 300), cells=300) for each in (module, small))
    np.testing.assert_array_equal(state, same)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_bits_of_a_model_in_stages(dtype: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell keeps them in blocks of any size, and beside others whose exponentials overflow; alone it may be fused
    otherwise, and is right to rounding."""
    options = replace(OPTIONS, dtype=dtype)
    step = pipeline.step_of(pipeline.model_of(pipeline.resolve(reading.read("luo_rudy_1991"))), options)
    large = build("c", step, options, tmp_path)
    monkeypatch.setitem(_kernel.MOST, dtype, 48)
    small = build("c", step, options, tmp_path)
    state = np.repeat(large.initial_state(1), 150, axis=1)
    state[0] = np.linspace(-95, 40, 150)
    far = state.copy()
    far[0, ::7] = 1e5
    ends = [advanced(*each) for each in ((large, state), (small, state), (large, far), (small, far[:, ::-1]))]
    expected, *others = ends
    np.testing.assert_array_equal(others[0], expected)
    near = np.arange(150) % 7 > 0
    np.testing.assert_array_equal(others[1][:, near], expected[:, near])
    np.testing.assert_array_equal(others[2][:, ::-1][:, near], expected[:, near])
    assert not np.isfinite(others[1][:, ~near]).all()
    alone = np.concatenate([advanced(large, state[:, cell : cell + 1]) for cell in range(0, 150, 10)], axis=1)
    np.testing.assert_allclose(alone, expected[:, ::10], rtol=1e-12 if dtype == "float64" else 1e-4)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_bits_of_a_cell_alone_where_conditions_stand_between(dtype: str, tmp_path: Path) -> None:
    """V is held to its range by a condition, which was a branch for one cell, so that products were fused otherwise."""
    options = replace(OPTIONS, dtype=dtype)
    step = pipeline.step_of(pipeline.model_of(pipeline.resolve(reading.read("hodgkin_huxley_1952"))), options)
    module = build("c", step, options, tmp_path)
    state = np.repeat(module.initial_state(1), 90, axis=1)
    state[0] = np.linspace(-95, 40, 90)
    alone = np.concatenate([advanced(module, state[:, cell : cell + 1]) for cell in range(90)], axis=1)
    np.testing.assert_array_equal(alone, advanced(module, state))


def advanced(module: Module, start: Array) -> Array:
    state = start.copy(order="C")
    module.step(state, module.default_parameters(), module.default_inputs(), 0.0, 0.01, 100)
    return state


def test_nothing_is_written_beside_the_state(module: Module) -> None:
    """The last block is not full: what lies behind it in memory stays."""
    for cells in (3, 130):
        memory = np.full(4 * cells + 64, np.nan)
        state = memory[: 4 * cells].reshape(4, cells)
        state[:] = module.initial_state(cells)
        module.step(state, *given(module, cells), 0.0, 0.01, 10)
        assert np.isfinite(state).all()
        assert np.isnan(memory[4 * cells :]).all()


def gate_with_conditions() -> Step:
    """As in published models: an exponential in each arm, here of both rates of a gate."""
    V, h = map(algebra.symbol, "Vh")
    over = Gt(V, algebra.literal("-40.0"), evaluate=False)
    alpha = algebra.choose(0 * V, over, 0.135 * exp(-(V + 80) / 6.8))
    beta = algebra.choose(1 / (0.13 * (1 + exp(-V / 11.1))), over, 3.56 * exp(0.079 * V))
    return small_step("conditions", {V: V, h: h - (alpha / (alpha + beta) - h) * algebra.expm1(-(alpha + beta))})


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="reads gcc's report for x86-64")
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(
    "step", [hodgkin_huxley("rush_larsen", ("T", "block")), gate_with_conditions()], ids=lambda step: step.name
)
def test_every_loop_over_cells_is_vectorised(step: Step, dtype: str, tmp_path: Path) -> None:
    gcc = shutil.which("gcc")
    if gcc is None:
        pytest.skip("needs gcc")
    text = _kernel.kernel(step, replace(OPTIONS, dtype=dtype), exported=True)
    command = (gcc, *FLAGS, "-fopenmp-simd")
    assert scalar_loops(text, command, 64, tmp_path) == []
