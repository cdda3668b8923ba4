"""What are vectors worth in large models? Against one cell per call, in C with all of -ffast-math."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.contest import Effort, contest
from benchmarks.players import ours
from benchmarks.scalar import scalar
from benchmarks.table import Row, at_least
from benchmarks.titles import cells_of, rates, titles
from iondsl.build.compiler import find
from iondsl.cache.store import locate

MODELS = ("ten_tusscher_2006", "ohara_rudy_2011")
FLAGS = ("-O3", "-march=native", "-ffast-math")
CELLS = 10_000
WIDE = 512  # bits of a vector


def rows(effort: Effort) -> Iterator[Row]:
    bound = at_least(6.0 if find(locate()).simd_bits >= WIDE else 3.0)
    for model in MODELS:
        mine, theirs = ours(model), scalar(model, FLAGS)
        outcome = contest(mine, theirs, CELLS, effort)
        yield Row(f"{titles(mine)}, {cells_of(CELLS)}", theirs.name, outcome.ratio, bound, rates=rates(outcome))
