"""Threads are started where there is enough for them to do."""

from __future__ import annotations

import pytest

from iondsl import pipeline
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.simulate.threads import FEW
from iondsl.source import Source

DECAY = "model decay:\nstate x = 1\nx' = -x / 1000 [ms]\n"
EVENT = "event low = x < 0.5\n"


def handed(text: str, call: str, cells: int, monkeypatch: pytest.MonkeyPatch) -> set[object]:
    """The numbers of threads that the kernel is called with when a run of a hundred steps asks for two."""
    cell: Cell = pipeline.cell_of(Source("model.ion", text), Options("forward_euler", "numpy", "float64"))
    original, found = getattr(cell.module, call), set()

    def spy(*arguments: object) -> object:
        found.add(arguments[-1])
        return original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(cell.module, call, spy)
        cell.run(until=1.0, cells=cells, record=(), threads=2)
    return found


def test_a_span_of_many_steps_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    assert handed(DECAY, "step", FEW // 100, monkeypatch) == {2}
    assert handed(DECAY, "step", FEW // 100 - 1, monkeypatch) == {1}


def test_with_events_a_single_step_must_be_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert handed(DECAY + EVENT, "leap", FEW, monkeypatch) == {2}
    assert handed(DECAY + EVENT, "leap", FEW - 1, monkeypatch) == {1}
