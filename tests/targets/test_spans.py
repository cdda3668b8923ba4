"""What a library takes beside single spans: many at once, with samples on the way, and nothing beyond its arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from iondsl.options import Options
from tests.targets.hodgkin_huxley import hodgkin_huxley
from tests.targets.kernels import Module, build

CELLS, DT = 21, 0.01
ROWS = np.array([[0.0, 0.0], [10.0, 0.0], [5.0, 0.1]])
# Ten steps, then twenty: how many, the row of their inputs, whether these vary, the row at their end, the sample there.
SPANS = [[10, 0, 0, 1, 0], [20, 1, 0, 2, 1]]


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Module:
    step = hodgkin_huxley("rush_larsen")
    return build("c", step, Options(scheme="rush_larsen"), tmp_path_factory.mktemp("spans"))


def run(module: Module, spans: Any, records: Any = ()) -> Any:
    state = module.initial_state(CELLS)
    state[0] += np.linspace(0, 30, CELLS)
    assert module.run(state, module.default_parameters(), ROWS, np.array(spans), 0.0, DT, 1, records)
    return state


def test_a_run_is_its_spans(module: Module) -> None:
    number = len(module.STATES) + list(module.OBSERVABLES).index("I_Na")
    V, I_Na = np.zeros((2, 2, CELLS))
    end, p = run(module, SPANS, ((0, V), (number, I_Na))), module.default_parameters()
    state = module.initial_state(CELLS)
    state[0] += np.linspace(0, 30, CELLS)
    for sample, (steps, row, _, after, _) in enumerate(SPANS):
        module.step(state, p, ROWS[row], 10 * sample * DT, DT, steps)
        np.testing.assert_array_equal(V[sample], state[0])
        np.testing.assert_array_equal(I_Na[sample], module.observe(state, p, ROWS[after], 0.0)[number - 4])
    np.testing.assert_array_equal(end, state)


@pytest.mark.parametrize(
    "span",
    [
        [-1, 0, 0, -1, -1],
        [1, -1, 0, -1, -1],
        [1, 3, 0, -1, -1],
        [4, 0, 1, -1, -1],
        [2**62, 0, 1, -1, -1],
        [1, 0, 0, 3, -1],
        [1, 0, 0, 0, 2],
        [1, 0, 0, -1, 0],
    ],
    ids=["steps", "row", "no row", "no samples", "far beyond", "no row at the end", "no sample", "a sample of no row"],
)
def test_nothing_is_read_or_written_beyond_an_array(module: Module, span: list[int]) -> None:
    with pytest.raises(ValueError, match="spans: a row of inputs or a sample that does not exist"):
        run(module, [span], ((0, np.zeros((2, CELLS))),))


@pytest.mark.parametrize(
    ("record", "error", "message"),
    [
        ((99, np.zeros((2, CELLS))), ValueError, "nothing of the number 99"),
        ((-1, np.zeros((2, CELLS))), ValueError, "nothing of the number -1"),
        ((0, np.zeros((2, CELLS + 1))), ValueError, "records: expected shape"),
        ((0, np.zeros((2, CELLS), np.float32)), TypeError, "records: expected an array of float64, got float32"),
    ],
)
def test_what_cannot_be_recorded(module: Module, record: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        run(module, SPANS, (record,))
