"""All numerical targets compute the same, whatever varies over cells and time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray

from iondsl.options import Options
from tests.targets.hodgkin_huxley import PARAMETERS, hodgkin_huxley
from tests.targets.kernels import ALL_TARGETS, Module, build

Array: TypeAlias = NDArray[Any]

STEPS, DT = 400, 0.01
SPAN = np.array([100.0, 1.0, 1.0, 1.0])[:, None]
G_NA, E_NA, T, FOLLOWING, FIRST = (list(PARAMETERS).index(name) for name in ("I_Na.g", "Na.E", "T", "lambda", "I"))


@pytest.fixture(scope="module", params=["forward_euler", "rush_larsen"])
def each(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Module]:
    return modules(Options(scheme=request.param), tmp_path_factory)


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> list[Module]:
    return modules(Options(scheme="rush_larsen", dtype="float32"), tmp_path_factory)


def modules(options: Options, folders: pytest.TempPathFactory) -> list[Module]:
    step = hodgkin_huxley(options.scheme)
    return [build(target, step, options, folders.mktemp(target)) for target in ALL_TARGETS]


def per_cell(module: Module, cells: int) -> Array:
    """Parameters of which some differ from cell to cell."""
    parameters = np.repeat(module.default_parameters()[:, None], cells, axis=1)
    parameters[G_NA] *= np.linspace(0.8, 1.2, cells)
    parameters[T] += np.linspace(-2, 2, cells)
    return parameters


def own_inputs(module: Module, cells: int) -> Array:
    return np.array([np.linspace(0, 20, cells), np.linspace(0, 0.5, cells)], module.DTYPE)


def pulses(module: Module, cells: int) -> Array:
    """(samples, inputs, cells): the current goes on at 1 ms, at another strength in each cell."""
    inputs = np.zeros((STEPS, 2, cells), module.DTYPE)
    inputs[100:, 0] = np.linspace(5, 20, cells)
    return inputs


CASES: dict[str, tuple[Callable[[Module, int], Array] | None, Callable[[Module, int], Array] | None]] = {
    "all shared": (None, None),
    "own parameters": (per_cell, None),
    "own inputs": (None, own_inputs),
    "own parameters and inputs": (per_cell, own_inputs),
    "inputs in time": (None, lambda module, _: pulses(module, 1)),
    "inputs in time, own parameters": (per_cell, lambda module, _: pulses(module, 1)),
    "own inputs in time": (None, pulses),
}


def run(module: Module, case: str, cells: int, threads: int = 1) -> Array:
    parameters, inputs = CASES[case]
    p = parameters(module, cells) if parameters else module.default_parameters()
    u = inputs(module, cells) if inputs else np.array([10.0, 0.1], module.DTYPE)
    state: Array = module.initial_state(cells, p)
    module.step(state, p, u, 0.0, DT, STEPS, threads)
    return state


def assert_close(found: Array, expected: Array, tolerance: float) -> None:
    """To a fraction of what a spike spans: 100 mV, and 1 for a gate."""
    assert (np.abs(found - expected) <= tolerance * SPAN).all()


@pytest.mark.parametrize("cells", [1, 3, 128, 129, 1000])
@pytest.mark.parametrize("case", CASES)
def test_targets_agree(each: list[Module], case: str, cells: int) -> None:
    plain, *native = (run(module, case, cells) for module in each)
    assert np.ptp(plain[0]) > 1 or "own" not in case or cells == 1
    for state in native:
        assert_close(state, plain, 1e-12)


@pytest.mark.parametrize("case", CASES)
def test_targets_agree_in_float32(single: list[Module], case: str) -> None:
    plain, *native = (run(module, case, 130) for module in single)
    for state in native:
        assert plain.dtype == state.dtype == np.float32
        assert_close(state, plain, 1e-4)


def test_float32_follows_float64(single: list[Module], tmp_path_factory: pytest.TempPathFactory) -> None:
    double = modules(Options(scheme="rush_larsen"), tmp_path_factory)
    for narrow, wide in zip(single, double, strict=True):
        assert_close(run(narrow, "all shared", 3), run(wide, "all shared", 3), 1e-4)


@pytest.mark.parametrize("case", CASES)
def test_a_run_in_parts_is_the_run_in_one(each: list[Module], case: str) -> None:
    cells = 130
    for module in each:
        whole = run(module, case, cells)
        parameters, inputs = CASES[case]
        p = parameters(module, cells) if parameters else module.default_parameters()
        u = inputs(module, cells) if inputs else np.array([10.0, 0.1])
        state = module.initial_state(cells, p)
        for first, last in ((0, 1), (1, 250), (250, STEPS)):
            part = u[first:last] if u.ndim == 3 else u
            module.step(state, p, part, first * DT, DT, last - first)
        np.testing.assert_array_equal(state, whole)


def test_observables_agree(each: list[Module]) -> None:
    cells = 5
    for parameters in (each[0].default_parameters(), per_cell(each[0], cells)):
        for inputs in (np.array([10.0, 0.1]), own_inputs(each[0], cells)):
            state = run(each[0], "own inputs", cells)
            plain, *native = (module.observe(state, parameters, inputs, 0.0) for module in each)
            for values in native:
                np.testing.assert_allclose(values, plain, rtol=1e-13, atol=1e-13)


def test_observables_are_the_equations(each: list[Module]) -> None:
    for module in each:
        parameters, state = module.default_parameters(), module.initial_state(2)
        rows = dict(zip(module.OBSERVABLES, module.observe(state, parameters, np.array([3.0, 0.0]), 0.0), strict=True))
        V, m, h, _ = state
        np.testing.assert_allclose(rows["I_Na"], 120 * m**3 * h * (V - 50), rtol=1e-13)
        np.testing.assert_allclose(rows["V'"], 3.0 - rows["I_Na"] - rows["I_K"] - rows["I_leak"], rtol=1e-13)
        np.testing.assert_array_equal(rows["I_app"], 3.0)


@pytest.mark.parametrize("cells", [1, 3])
def test_a_parameter_follows_others_until_a_number_is_given(each: list[Module], cells: int) -> None:
    """`I` follows `T` and `lambda` follows `I`; both scale all rates."""
    for module in each:
        followed, first, second = (module.default_parameters() for _ in range(3))
        followed[T] += 10.0  # three times as fast
        first[FIRST] = 3.0
        second[FOLLOWING] = 3.0
        ends = [advanced(module, parameters, cells) for parameters in (followed, first, second)]
        for end in ends:
            np.testing.assert_allclose(end, ends[0], rtol=1e-9)
        assert not np.allclose(ends[0], advanced(module, module.default_parameters(), cells), rtol=1e-3)


def test_a_number_in_one_cell_leaves_the_others_following(each: list[Module]) -> None:
    for module in each:
        parameters = np.repeat(module.default_parameters()[:, None], 3, axis=1)
        parameters[FOLLOWING, 1] = 3.0
        state = advanced(module, parameters, 3)
        np.testing.assert_array_equal(state[:, 0], state[:, 2])
        assert not np.allclose(state[:, 0], state[:, 1], rtol=1e-3)


def advanced(module: Module, parameters: Array, cells: int) -> Array:
    state: Array = module.initial_state(cells)
    module.step(state, parameters, np.array([10.0, 0.0]), 0.0, DT, 100)
    return state


@pytest.mark.parametrize("case", CASES)
def test_an_extension_has_the_bits_of_a_library(each: list[Module], case: str) -> None:
    """They are one kernel; what is only recorded is optimised less in a library."""
    _, library, extension = each
    for cells in (1, 130):
        np.testing.assert_array_equal(run(library, case, cells), run(extension, case, cells))
