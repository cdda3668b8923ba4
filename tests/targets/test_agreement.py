"""All numerical targets compute the same, whatever varies over cells and time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray

from iondsl.options import Options
from tests.targets.hodgkin_huxley import INPUTS, PARAMETERS, hodgkin_huxley
from tests.targets.kernels import ALL_TARGETS, Module, build

Array: TypeAlias = NDArray[Any]

STEPS, DT = 400, 0.01
SPAN = np.array([100.0, 1.0, 1.0, 1.0])[:, None]
T, FOLLOWING, FIRST = (list(PARAMETERS).index(name) for name in ("T", "lambda", "I"))
OWN_PARAMETERS = ("I_Na.g", "T", "lambda")
VARIED = {"none": (), "parameters": OWN_PARAMETERS, "inputs": tuple(INPUTS), "both": (*OWN_PARAMETERS, *INPUTS)}

# What varies, as one array beside what is shared.
Packed: TypeAlias = Array | tuple[Array, Array]

# What varies -> a module of each target.
Modules: TypeAlias = dict[str, list[Module]]


@pytest.fixture(scope="module", params=["forward_euler", "rush_larsen"])
def each(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Modules:
    return modules(Options(scheme=request.param), tmp_path_factory)


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Modules:
    return modules(Options(scheme="rush_larsen", dtype="float32"), tmp_path_factory)


def modules(options: Options, folders: pytest.TempPathFactory) -> Modules:
    found = {}
    for name, varied in VARIED.items():
        step = hodgkin_huxley(options.scheme, varied)
        found[name] = [build(target, step, options, folders.mktemp(target)) for target in ALL_TARGETS]
    return found


def parameters(module: Module, cells: int) -> Packed:
    """Where some vary, they differ from cell to cell; what may follow others does."""
    shared: Array = module.default_parameters()
    if not module.VARIED_PARAMETERS:
        return shared
    rows = np.array([np.linspace(96, 144, cells), np.linspace(277, 281, cells), np.full(cells, np.nan)], module.DTYPE)
    return shared, rows


def inputs(module: Module, cells: int, in_time: bool) -> Packed:
    """In time, the current goes on at 1 ms; where inputs vary, it has another strength in each cell."""
    shared, rows = np.array([10.0, 0.1], module.DTYPE), None
    if module.VARIED_INPUTS:
        rows = np.array([np.linspace(5, 20, cells), np.linspace(0, 0.5, cells)], module.DTYPE)
    if in_time:
        on = np.repeat([0.0, 1.0], [100, STEPS - 100])[:, None].astype(module.DTYPE)
        shared, rows = shared * on, None if rows is None else np.ascontiguousarray(rows * on[:, :, None])
    return shared if rows is None else (shared, rows)


def part(inputs: Packed, first: int, last: int) -> Packed:
    """Of inputs that vary in time those of some steps."""
    if isinstance(inputs, tuple):
        shared, rows = inputs
        return of_steps(shared, 2, first, last), of_steps(rows, 3, first, last)
    return of_steps(inputs, 2, first, last)


def of_steps(values: Array, dimensions: int, first: int, last: int) -> Array:
    return values[first:last] if values.ndim == dimensions else values


# What varies between cells, and whether inputs do in time.
CASES = [(varied, in_time) for varied in VARIED for in_time in (False, True)]
cases = pytest.mark.parametrize(("varied", "in_time"), CASES)


def run(module: Module, in_time: bool, cells: int, threads: int = 1) -> Array:
    p = parameters(module, cells)
    state: Array = module.initial_state(cells, p)
    module.step(state, p, inputs(module, cells, in_time), 0.0, DT, STEPS, threads)
    return state


def assert_close(found: Array, expected: Array, tolerance: float) -> None:
    """To a fraction of what a spike spans: 100 mV, and 1 for a gate."""
    assert (np.abs(found - expected) <= tolerance * SPAN).all()


@pytest.mark.parametrize("cells", [1, 3, 128, 129, 1000])
@cases
def test_targets_agree(each: Modules, varied: str, in_time: bool, cells: int) -> None:
    plain, *native = (run(module, in_time, cells) for module in each[varied])
    assert np.ptp(plain[0]) > 1 or varied == "none" or cells == 1
    for state in native:
        assert_close(state, plain, 1e-12)


@cases
def test_targets_agree_in_float32(single: Modules, varied: str, in_time: bool) -> None:
    plain, *native = (run(module, in_time, 130) for module in single[varied])
    for state in native:
        assert plain.dtype == state.dtype == np.float32
        assert_close(state, plain, 1e-4)


def test_float32_follows_float64(single: Modules, tmp_path_factory: pytest.TempPathFactory) -> None:
    double = modules(Options(scheme="rush_larsen"), tmp_path_factory)
    for narrow, wide in zip(single["none"], double["none"], strict=True):
        assert_close(run(narrow, False, 3), run(wide, False, 3), 1e-4)


@cases
def test_what_varies_by_cell_or_not_computes_the_same(each: Modules, varied: str, in_time: bool) -> None:
    """Every cell as by a kernel to which nothing varies, that is given the numbers of this cell."""
    cells = 5
    for plain, module in zip(each["none"], each[varied], strict=True):
        state, (p, u) = run(module, in_time, cells), (parameters(module, cells), inputs(module, cells, in_time))
        for cell in range(cells):
            alone = plain.initial_state(1, of(module.VARIED_PARAMETERS, PARAMETERS, p, cell))
            numbers = of(module.VARIED_PARAMETERS, PARAMETERS, p, cell), of(module.VARIED_INPUTS, INPUTS, u, cell)
            plain.step(alone, *numbers, 0.0, DT, STEPS)
            assert_close(state[:, cell : cell + 1], alone, 1e-12)


def of(varied: tuple[str, ...], names: Iterable[str], values: Packed, cell: int) -> Array:
    """The numbers of one cell, as what is shared."""
    if not isinstance(values, tuple):
        return values
    shared, rows = values[0].copy(), [list(names).index(name) for name in varied]
    shared[..., rows] = values[1][..., cell]
    return shared


@cases
def test_a_run_in_parts_is_the_run_in_one(each: Modules, varied: str, in_time: bool) -> None:
    cells = 130
    for module in each[varied]:
        whole = run(module, in_time, cells)
        p, u = parameters(module, cells), inputs(module, cells, in_time)
        state = module.initial_state(cells, p)
        for first, last in ((0, 1), (1, 250), (250, STEPS)):
            module.step(state, p, part(u, first, last), first * DT, DT, last - first)
        np.testing.assert_array_equal(state, whole)


@pytest.mark.parametrize("varied", VARIED)
def test_observables_agree(each: Modules, varied: str) -> None:
    cells = 5
    state = run(each["inputs"][0], False, cells)
    for_all = ((module, parameters(module, cells), inputs(module, cells, False)) for module in each[varied])
    plain, *native = (module.observe(state, p, u, 0.0) for module, p, u in for_all)
    for values in native:
        np.testing.assert_allclose(values, plain, rtol=1e-13, atol=1e-13)


def test_observables_are_the_equations(each: Modules) -> None:
    for module in each["none"]:
        given, state = module.default_parameters(), module.initial_state(2)
        rows = dict(zip(module.OBSERVABLES, module.observe(state, given, np.array([3.0, 0.0]), 0.0), strict=True))
        V, m, h, _ = state
        np.testing.assert_allclose(rows["I_Na"], 120 * m**3 * h * (V - 50), rtol=1e-13)
        np.testing.assert_allclose(rows["V'"], 3.0 - rows["I_Na"] - rows["I_K"] - rows["I_leak"], rtol=1e-13)
        np.testing.assert_array_equal(rows["I_app"], 3.0)


@pytest.mark.parametrize("cells", [1, 3])
def test_a_parameter_follows_others_until_a_number_is_given(each: Modules, cells: int) -> None:
    """`I` follows `T` and `lambda` follows `I`; both scale all rates."""
    for module in each["none"]:
        followed, first, second = (module.default_parameters() for _ in range(3))
        followed[T] += 10.0  # three times as fast
        first[FIRST] = 3.0
        second[FOLLOWING] = 3.0
        ends = [advanced(module, given, cells) for given in (followed, first, second)]
        for end in ends:
            np.testing.assert_allclose(end, ends[0], rtol=1e-9)
        assert not np.allclose(ends[0], advanced(module, module.default_parameters(), cells), rtol=1e-3)


def test_a_number_in_one_cell_leaves_the_others_following(each: Modules) -> None:
    for module in each["parameters"]:
        shared = module.default_parameters()
        rows = np.repeat(shared[[list(PARAMETERS).index(name) for name in OWN_PARAMETERS], None], 3, axis=1)
        rows[OWN_PARAMETERS.index("lambda"), 1] = 3.0
        state = advanced(module, (shared, rows), 3)
        np.testing.assert_array_equal(state[:, 0], state[:, 2])
        assert not np.allclose(state[:, 0], state[:, 1], rtol=1e-3)


def test_a_number_for_all_cells_leads_what_follows_in_each(each: Modules) -> None:
    """`I` follows the temperature of each cell, unless it is given for all of them."""
    for module in each["parameters"]:
        shared, rows = parameters(module, 3)
        rows[0], given = 120.0, shared.copy()
        given[FIRST] = 3.0
        apart, alike = (advanced(module, (each, rows), 3) for each in (shared, given))
        assert np.ptp(apart, axis=1).min() > 0 == np.ptp(alike, axis=1).max()


def advanced(module: Module, given: Packed, cells: int) -> Array:
    state: Array = module.initial_state(cells)
    module.step(state, given, np.array([10.0, 0.0]), 0.0, DT, 100)
    return state


@cases
def test_an_extension_has_the_bits_of_a_library(each: Modules, varied: str, in_time: bool) -> None:
    """They are one kernel; what is only recorded is optimised less in a library."""
    _, library, extension = each[varied]
    for cells in (1, 130):
        np.testing.assert_array_equal(run(library, in_time, cells), run(extension, in_time, cells))
