"""What are numbers of half the size worth?"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.contest import Effort, contest
from benchmarks.players import ours
from benchmarks.table import Row, at_least
from benchmarks.titles import cells_of, rates, titles

MODELS = ("hodgkin_huxley_1952", "luo_rudy_1991")
CELLS = 10_000


def rows(effort: Effort) -> Iterator[Row]:
    for model in MODELS:
        mine = ours(model, dtype="float32")
        outcome = contest(mine, ours(model), CELLS, effort)
        yield Row(f"{titles(mine)}, {cells_of(CELLS)}", "float64", outcome.ratio, at_least(1.8), rates=rates(outcome))
