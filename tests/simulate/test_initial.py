"""The state that a run begins with follows the inputs of its start, in both targets."""

from __future__ import annotations

import numpy as np
import pytest

import iondsl
from iondsl.simulate.cell import Cell
from tests.targets.kernels import TARGETS, needs_compiler

MODEL = """\
model started:
    "What an initial value reads: an input without a default, and a temperature that is computed."

input k [1]
param cold = 6.85 [K]
temperature = cold + 273.15 [K]
warmth = T / 1 [K]

state x = k
x' = 0 [1/ms]
state y = warmth
y' = 0 [1/ms]

protocol warm:
    k = steps(2, 1 [ms], 3)
    temperature = steps(300 [K], 1 [ms], 310 [K])
"""


@pytest.fixture(scope="module", params=TARGETS)
def cell(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Cell:
    if request.param == "c":
        needs_compiler()
    path = tmp_path_factory.mktemp("models") / "started.ion"
    path.write_text(MODEL, encoding="utf-8")
    return iondsl.load(path).compile(target=request.param)


def test_given_inputs(cell: Cell) -> None:
    assert cell.run(until=1, inputs={"k": 3}).state[:, 0].tolist() == [3.0, 280.0]
    assert cell.initial_state(2, inputs={"k": 3})[0].tolist() == [3.0, 3.0]
    assert cell.evaluate(["x"], inputs={"k": 3}).tolist() == [[3.0]]


def test_inputs_over_cells(cell: Cell) -> None:
    levels = [1.0, 2.0, 5.0]
    assert cell.run(until=1, inputs={"k": levels}).state[0].tolist() == levels
    assert cell.initial_state(inputs={"k": levels}).tolist() == [levels, [280.0] * 3]


def test_a_protocol_holds_at_the_start(cell: Cell) -> None:
    assert cell.run(until=3, protocol="warm").state[:, 0].tolist() == [2.0, 300.0]
    assert cell.run(until=3, t=2, protocol="warm").state[:, 0].tolist() == [3.0, 310.0]
    assert cell.run(until=3, protocol="warm", inputs={"T": 290.0}).state[:, 0].tolist() == [2.0, 290.0]


def test_what_nobody_gives_is_not_a_number(cell: Cell) -> None:
    state = cell.initial_state()
    assert np.isnan(state[0, 0])
    assert state[1, 0] == 280.0
    with pytest.raises(iondsl.UsageError, match="input `k` has no default"):
        cell.run(until=1)
