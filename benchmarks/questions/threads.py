"""What is a second thread worth?"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.contest import Effort, contest
from benchmarks.players import ours
from benchmarks.table import Row, at_least
from benchmarks.titles import TITLES, cells_of, rates

MODELS = ("hodgkin_huxley_1952", "luo_rudy_1991")
CELLS = 100_000


def rows(effort: Effort) -> Iterator[Row]:
    for model in MODELS:
        outcome = contest(ours(model, threads=2), ours(model), CELLS, effort)
        subject = f"{TITLES[model]}, {cells_of(CELLS)}, two threads"
        yield Row(subject, "one thread", outcome.ratio, at_least(1.9), rates=rates(outcome))
