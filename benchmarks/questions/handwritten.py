"""Is generated code as fast as what an expert writes by hand for one model?"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.contest import Effort, contest
from benchmarks.opponents import HODGKIN_HUXLEY, LUO_RUDY, in_c
from benchmarks.players import Player, ours
from benchmarks.table import Bound, Row, at_least
from benchmarks.titles import cells_of, rates, titles

CELLS = (10_000, 100_000)


def rows(effort: Effort) -> Iterator[Row]:
    yield from against(ours(HODGKIN_HUXLEY), in_c(HODGKIN_HUXLEY), at_least(1.0), effort)
    for other in (in_c(HODGKIN_HUXLEY, ordered=True), in_c(HODGKIN_HUXLEY, "one_loop")):
        yield from against(ours(HODGKIN_HUXLEY), other, None, effort, CELLS[:1])
    yield from against(ours(HODGKIN_HUXLEY, fast=True), in_c(HODGKIN_HUXLEY), at_least(1.2), effort)
    yield from against(ours(LUO_RUDY), in_c(LUO_RUDY), at_least(1.0), effort)
    yield from against(ours(LUO_RUDY), in_c(LUO_RUDY, ordered=True), None, effort, CELLS[:1])


def against(
    mine: Player, theirs: Player, bound: Bound | None, effort: Effort, sizes: tuple[int, ...] = CELLS
) -> Iterator[Row]:
    for cells in sizes:
        outcome = contest(mine, theirs, cells, effort)
        yield Row(f"{titles(mine)}, {cells_of(cells)}", theirs.name, outcome.ratio, bound, rates=rates(outcome))
