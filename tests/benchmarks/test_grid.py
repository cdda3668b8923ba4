"""One kernel beside every opponent."""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks.contest import Effort
from benchmarks.opponents import HODGKIN_HUXLEY, in_numpy
from benchmarks.players import CHECKED_CELLS
from benchmarks.questions.grid import race
from iondsl.simulate.kernel import Array

SHORT = Effort(rounds=2, seconds=0.001, long_rounds=1)


def test_each_is_timed_in_every_round() -> None:
    player = in_numpy(HODGKIN_HUXLEY)
    first, second = race([player, player], CHECKED_CELLS + 1, SHORT)
    assert len(first.seconds) == len(second.seconds) == SHORT.rounds


def test_a_kernel_that_leaves_cells_out_is_not_timed() -> None:
    honest = in_numpy(HODGKIN_HUXLEY)

    def of_the_first(state: Array, steps: int) -> object:
        return honest.advance(state[:, :CHECKED_CELLS], steps)

    with pytest.raises(ArithmeticError, match="hand-written NumPy is"):
        race([dataclasses.replace(honest, advance=of_the_first)], CHECKED_CELLS + 1, SHORT)
