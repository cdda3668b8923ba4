"""What do conductances cost that differ from cell to cell? Whole runs, which record nothing."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.contest import Effort, contest
from benchmarks.players import varied
from benchmarks.table import Row, at_least
from benchmarks.titles import TITLES, cells_of, rates

CONDUCTANCES = {
    "luo_rudy_1991": ("I_Na.g", "I_si.g", "I_K.g", "I_K1.g", "I_b.g"),
    "ten_tusscher_2006": ("I_Na.g", "I_to.g", "I_Kr.g", "I_Ks.g", "I_K1.g"),
}
CELLS = 10_000


def rows(effort: Effort) -> Iterator[Row]:
    for model, names in CONDUCTANCES.items():
        outcome = contest(varied(model, names), varied(model, ()), CELLS, effort)
        subject = f"{TITLES[model]}, {cells_of(CELLS)}, {len(names)} conductances per cell"
        yield Row(subject, "the same for all", outcome.ratio, at_least(0.9), rates=rates(outcome))
