"""The state to which a run goes back, in memory and on disk."""

from __future__ import annotations

import numpy as np
import pytest

from iondsl.errors import NumericsError
from iondsl.simulate.checkpoint import MANY, Checkpoint, InMemory, OnDisk, checkpoint
from iondsl.simulate.result import Result
from tests.simulate.kernels import membrane_cell

STATE = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize("kind", [InMemory, OnDisk])
def test_what_was_kept_last_comes_back(kind: type[InMemory] | type[OnDisk]) -> None:
    kept: Checkpoint = kind(7, STATE)
    for step in (8, 9, 10):
        kept.keep(step, STATE * step)
    state = np.empty_like(STATE)
    kept.restore(state)
    kept.close()
    assert kept.step == 10
    np.testing.assert_array_equal(state, STATE * 10)


def test_many_cells_are_kept_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = np.zeros((1, MANY - 1)), np.zeros((1, MANY))
    kinds = []
    for state in (few, many):
        kept = checkpoint(0, state)
        kinds.append(type(kept))
        kept.close()
    assert kinds == [InMemory, OnDisk]

    def full() -> None:
        raise OSError("no room")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    assert isinstance(checkpoint(0, many), InMemory)


def test_a_breakdown_of_many_cells_is_found_from_a_checkpoint_of_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a checkpoint at the start alone: the run is the one that keeps one after each stretch."""
    cell, rates = membrane_cell(), np.full(40, 10.0)
    rates[11] = -0.05  # of the sign with which V grows without end
    ends = []
    for pause in (0.0, 1e9):
        monkeypatch.setattr(InMemory, "pause", pause)
        with pytest.raises(NumericsError) as caught:
            cell.run(until=1e4, dt=0.02, parameters={"R": rates}, inputs={"I": 1.0}, every=20)
        assert isinstance(caught.value.result, Result)
        ends.append((str(caught.value), caught.value.result))
    (said, often), (again, seldom) = ends
    assert "in cell 11" in said
    assert said == again
    np.testing.assert_array_equal(often.state, seldom.state)
    np.testing.assert_array_equal(often["V"], seldom["V"])
    assert np.isfinite(often.state).all()
