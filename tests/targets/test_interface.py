"""What every generated module offers and refuses, in both targets."""

from __future__ import annotations

import ast
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from iondsl import targets
from iondsl.options import Options
from tests.targets.hodgkin_huxley import INPUTS, OBSERVABLES, PARAMETERS, UNITS, hodgkin_huxley
from tests.targets.kernels import ALL_TARGETS, Module, build

STEP = hodgkin_huxley("rush_larsen")
OPTIONS = Options(scheme="rush_larsen")


# What modules import or name for themselves.
IMPORTED = {"np", "inf", "nan", "real", "ctypes", "Path"}


@pytest.fixture(scope="module", params=ALL_TARGETS)
def module(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Module:
    return build(request.param, STEP, OPTIONS, tmp_path_factory.mktemp("modules"), UNITS)


def arguments(module: Module, cells: int = 3, steps: int = 2) -> dict[str, Any]:
    return {
        "state": module.initial_state(cells),
        "parameters": module.default_parameters(),
        "inputs": module.default_inputs(),
        "t": 0.0,
        "dt": 0.01,
        "steps": steps,
    }


def test_names(module: Module) -> None:
    assert module.STATES == ("V", "m", "h", "n")
    assert tuple(PARAMETERS) == module.PARAMETERS
    assert tuple(INPUTS) == module.INPUTS
    assert module.OBSERVABLES == OBSERVABLES
    assert module.UNITS["V"] == "mV"
    assert module.UNITS["h"] == ""
    assert set(module.UNITS) == {*module.STATES, *PARAMETERS, *INPUTS, *OBSERVABLES}
    assert (module.SCHEME, module.DTYPE, module.OFFSETS) == ("rush_larsen", "float64", (0.0,))


def test_defaults(module: Module) -> None:
    parameters = module.default_parameters()
    assert parameters.dtype == np.float64
    np.testing.assert_array_equal(parameters, list(PARAMETERS.values()))
    np.testing.assert_array_equal(module.default_inputs(), [0.0, 0.0])


def test_initial_state(module: Module) -> None:
    state = module.initial_state(3)
    assert (state.shape, state.dtype, state.flags.c_contiguous) == ((4, 3), np.float64, True)
    alpha, beta = 0.07, 1 / (1 + math.exp(3))
    np.testing.assert_allclose(state[2], alpha / (alpha + beta), rtol=1e-14)
    assert module.initial_state().shape == (4, 1)
    assert module.initial_state(2, parameters=np.ones(len(PARAMETERS))).shape == (4, 2)
    assert module.initial_state(0).shape == (4, 0)


def test_no_steps_and_no_cells_change_nothing(module: Module) -> None:
    given = arguments(module, steps=0)
    before = given["state"].copy()
    module.step(**given)
    np.testing.assert_array_equal(given["state"], before)
    module.step(**arguments(module, cells=0))


def test_read_only_arrays_are_enough_for_what_is_only_read(module: Module) -> None:
    given = arguments(module)
    for name in ("parameters", "inputs"):
        given[name].flags.writeable = False
    module.step(**given)
    given["state"].flags.writeable = False
    assert module.observe(given["state"], given["parameters"], given["inputs"], 0.0).shape == (5, 3)


def read_only(state: Any) -> Any:
    state = state.copy()
    state.flags.writeable = False
    return state


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"state": lambda x: x.tolist()}, TypeError, "state: expected an array of float64, got list"),
        ({"state": lambda x: x.astype(np.float32)}, TypeError, "state: expected an array of float64, got float32"),
        ({"state": lambda x: x.astype(">f8")}, TypeError, "state: expected an array of float64, got >f8"),
        ({"state": lambda x: x[:3].copy()}, ValueError, r"state: expected shape \(4, 3\), got \(3, 3\)"),
        ({"state": lambda x: x[0].copy()}, ValueError, r"state: expected shape \(4, 'cells'\), got \(3,\)"),
        ({"state": lambda x: np.asfortranarray(x)}, ValueError, r"state: expected a C-contiguous array, .* \(8, 32\)"),
        ({"state": lambda x: x[:, ::2]}, ValueError, r"state: expected a C-contiguous array"),
        ({"state": read_only}, ValueError, "state: expected a writable array"),
        (
            {"parameters": lambda x: np.ones(10, np.int64)},
            TypeError,
            "parameters: expected an array of float64, got int64",
        ),
        ({"parameters": lambda x: x[1:]}, ValueError, r"parameters: expected shape \(10,\), got \(9,\)"),
        ({"parameters": lambda x: np.ones((10, 2))}, ValueError, r"got \(10, 2\)"),
        ({"parameters": lambda x: np.ones(20)[::2]}, ValueError, "parameters: expected a C-contiguous array"),
        ({"inputs": lambda x: "none"}, TypeError, "inputs: expected an array of float64, got str"),
        (
            {"inputs": lambda x: np.ones((3, 2))},
            ValueError,
            r"inputs: expected shape \(2,\) or \(2, 2\), got \(3, 2\)",
        ),
        ({"inputs": lambda x: np.ones((2, 2, 3))}, ValueError, r"got \(2, 2, 3\)"),
        ({"steps": lambda _: -1}, ValueError, "steps: expected 0 or more, got -1"),
        ({"steps": lambda _: 1.5}, TypeError, "float|steps: expected a whole number, got 1.5"),
        ({"threads": lambda _: 0}, ValueError, "threads: expected 1 or more, got 0"),
        ({"steps": lambda _: 2**63}, (ValueError, OverflowError), "too large|steps: expected less than"),
        ({"threads": lambda _: 2**32}, (ValueError, OverflowError), "too large|threads: expected less than"),
        ({"threads": lambda _: 1.5}, TypeError, "float|threads: expected a whole number, got 1.5"),
    ],
)
def test_step_refuses(module: Module, changes: dict[str, Any], error: Any, message: str) -> None:
    given = arguments(module)
    for name, change in changes.items():
        given[name] = change(given.get(name))
    before = np.array(given["state"])
    with pytest.raises(error, match=message):
        module.step(**given)
    np.testing.assert_array_equal(given["state"], before)


def test_observe_refuses_inputs_that_vary_in_time(module: Module) -> None:
    given = arguments(module)
    with pytest.raises(ValueError, match=r"inputs: expected shape \(2,\), got \(1, 2\)"):
        module.observe(given["state"], given["parameters"], np.ones((1, 2)), 0.0)


@pytest.fixture(scope="module", params=ALL_TARGETS)
def varied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Module:
    step = hodgkin_huxley("rush_larsen", ("I_Na.g", "block"))
    return build(request.param, step, OPTIONS, tmp_path_factory.mktemp("varied"), UNITS)


def test_a_kernel_says_what_varies(varied: Module, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """And begins as that of the same target in which nothing does."""
    module = build(request.node.callspec.params["varied"], STEP, OPTIONS, tmp_path, UNITS)
    assert (module.VARIED_PARAMETERS, module.VARIED_INPUTS) == ((), ())
    assert (varied.VARIED_PARAMETERS, varied.VARIED_INPUTS) == (("I_Na.g",), ("block",))
    np.testing.assert_array_equal(varied.initial_state(3), module.initial_state(3))


@pytest.mark.parametrize(
    ("name", "value", "error", "message"),
    [
        ("parameters", np.ones(10), TypeError, "parameters: expected a pair, of what cells share .* of I_Na.g"),
        ("parameters", (np.ones(10), np.ones((2, 3))), ValueError, r"varied parameters: expected shape \(1, 3\), got"),
        ("parameters", (np.ones(10), ()), ValueError, "varied parameters: expected a row for each of I_Na.g, got 0"),
        ("parameters", (np.ones(10), (np.ones(2),)), ValueError, r"I_Na.g: expected shape \(3,\), got \(2,\)"),
        ("parameters", (np.ones(10), (np.ones(3, "f4"),)), TypeError, "I_Na.g: expected an array of float64, got"),
        ("parameters", (np.ones(10), (np.ones(6)[::2],)), ValueError, "I_Na.g: expected a C-contiguous array"),
        ("inputs", np.zeros(2), TypeError, "inputs: expected a pair, of what cells share .* of block"),
        ("inputs", (np.zeros(2), np.zeros(3)), ValueError, r"varied inputs: .* \(1, 3\) or \(2, 1, 3\), got"),
        ("inputs", (np.zeros((3, 2)), np.zeros((1, 3))), ValueError, r"inputs: expected shape \(2,\) or \(2, 2\), got"),
    ],
)
def test_what_varies_has_rows(varied: Module, name: str, value: Any, error: type[Exception], message: str) -> None:
    given = arguments(varied) | {"parameters": (np.ones(10), np.ones((1, 3))), "inputs": (np.ones(2), np.ones((1, 3)))}
    varied.step(**given)
    with pytest.raises(error, match=message):
        varied.step(**(given | {name: value}))


def test_rows_may_lie_apart(varied: Module) -> None:
    """Also where they are read-only."""
    shared, conductances, blocks = varied.default_parameters(), np.linspace(100, 130, 3), np.linspace(0, 0.5, 3)
    ends = []
    for apart in (True, False):
        p, u = ((each, (row,) if apart else row[None]) for each, row in ((shared, conductances), (np.ones(2), blocks)))
        state = varied.initial_state(3, p, u)
        varied.step(state, p, u, 0.0, 0.01, 100)
        ends.append((state, varied.observe(state, p, u, 1.0)))
        conductances.flags.writeable = blocks.flags.writeable = False
    for values, same in zip(*ends, strict=True):
        np.testing.assert_array_equal(values, same)
        assert (np.ptp(values, axis=1) > 0).any()


def test_initial_state_refuses_other_numbers_of_cells(varied: Module) -> None:
    with pytest.raises(ValueError, match="varied parameters: expected shape"):
        varied.initial_state(3, parameters=(np.ones(10), np.ones((1, 2))))


def test_the_stub_declares_what_the_module_has(module: Module) -> None:
    stub = ast.parse(targets.load("c").stub(STEP, replace(OPTIONS, target="c" if hasattr(module, "run") else "cython")))
    declared = {node.name for node in stub.body if isinstance(node, ast.FunctionDef)}
    declared |= {
        node.target.id for node in stub.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    assert declared == {name for name in vars(module) if not name.startswith("_")} - IMPORTED


LOADED = """
import importlib.util, os, sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('iondsl', 'sympy', 'jinja2', 'Cython'): raise ImportError(name)
sys.meta_path.insert(0, Hidden())
spec = importlib.util.spec_from_file_location(sys.argv[1], sys.argv[2])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
def step(cells, threads):
    state = module.initial_state(cells)
    module.step(state, module.default_parameters(), module.default_inputs(), 0.0, 0.01, 10, threads)
"""


def run_apart(module: Module, program: str) -> None:
    """With `module` and `step`, in a process that knows nothing of the compiler."""
    path = Path(module.__file__)
    command = [sys.executable, "-c", LOADED + program, path.name.partition(".")[0], str(path)]
    subprocess.run(command, check=True, timeout=60)


def test_a_module_stands_alone(module: Module) -> None:
    run_apart(module, "step(2, 1)")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_process_has_threads_of_its_own(module: Module) -> None:
    """Those of the process before do not exist in it, and would be waited for for ever."""
    run_apart(module, """
step(1000, 2)
if os.fork() == 0:
    step(1000, 2)
    os._exit(0)
step(1000, 2)
sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
""")


@pytest.mark.parametrize("target", ALL_TARGETS)
def test_the_same_text_in_every_process(target: str) -> None:
    program = (
        "import hashlib, sys\n"
        "from iondsl import targets\n"
        "from iondsl.options import Options\n"
        "from tests.targets.hodgkin_huxley import UNITS, hodgkin_huxley\n"
        "options = Options(scheme='rush_larsen')\n"
        "text = targets.load(sys.argv[1]).generate(hodgkin_huxley('rush_larsen'), options, UNITS)\n"
        "print(hashlib.sha256(text.encode()).hexdigest())\n"
    )
    root = Path(__file__).parents[2]

    def text(seed: str) -> bytes:
        command = [sys.executable, "-c", program, target]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        return subprocess.run(command, env=environment, check=True, capture_output=True).stdout

    assert text("1") == text("2")
