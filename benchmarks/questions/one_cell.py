"""Is one cell as fast as in plain C? It cannot use vectors, and its functions are our own."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.contest import Effort, contest
from benchmarks.players import ours
from benchmarks.scalar import scalar
from benchmarks.table import Row, at_least
from benchmarks.titles import cells_of, rates, titles

MODELS = ("hodgkin_huxley_1952", "luo_rudy_1991", "ten_tusscher_2006")
FLAGS = ("-O2",)


def rows(effort: Effort) -> Iterator[Row]:
    for model in MODELS:
        mine, theirs = ours(model), scalar(model, FLAGS)
        outcome = contest(mine, theirs, 1, effort)
        yield Row(f"{titles(mine)}, {cells_of(1)}", theirs.name, outcome.ratio, at_least(1.0), rates=rates(outcome))
