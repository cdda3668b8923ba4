"""What does a cell cost, among few and among many?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.contest import Effort, contest
from benchmarks.players import ours
from benchmarks.table import Row, at_most, number
from benchmarks.titles import TITLES, cells_of

BASE = 1_000
MANY = 1_000_000
SIZES = {"hodgkin_huxley_1952": (1, 100, 10_000, 100_000, MANY), "luo_rudy_1991": (1, MANY)}


def rows(effort: Effort) -> Iterator[Row]:
    """The time per cell over that of a cell among BASE; something is asked of MANY only."""
    for model, sizes in SIZES.items():
        mine = ours(model)
        for cells in sizes:
            rounds = replace(effort, rounds=effort.long_rounds) if cells == MANY else effort
            outcome = contest(mine, mine, (BASE, cells), rounds)
            subject = f"{TITLES[model]}, time per cell, {cells_of(cells)}"
            bound = at_most(1.15) if cells == MANY else None
            among_few, here = outcome.rates
            yield Row(subject, cells_of(BASE), outcome.ratio, bound, rates=f"{number(here)} to {number(among_few)}")
