"""How does one kernel compare with every opponent, for few cells and many, and for numbers of either size?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.contest import Effort, clock_for, enough_steps, rate, task
from benchmarks.measure import Timing, interleaved
from benchmarks.opponents import HODGKIN_HUXLEY, LUO_RUDY, by_hand
from benchmarks.players import CHECKED, CHECKED_CELLS, Player, check, ours
from benchmarks.table import Column, number
from benchmarks.titles import cells_of

MODELS = (HODGKIN_HUXLEY, LUO_RUDY)
DTYPES = ("float64", "float32")
CELLS = (1, 100, 10_000, 100_000, 1_000_000)
MANY = 1_000_000


def columns(model: str, effort: Effort) -> Iterator[Column]:
    for cells in CELLS:
        here = replace(effort, rounds=effort.long_rounds if cells == MANY else max(effort.rounds * 2 // 3, 3))
        values: dict[str, str] = {}
        for dtype in DTYPES:
            values |= {f"{dtype}, {name}": text for name, text in measured(model, dtype, cells, here)}
        yield Column(cells_of(cells), values)


def measured(model: str, dtype: str, cells: int, effort: Effort) -> Iterator[tuple[str, str]]:
    """The speed of our kernel, and how many times as fast it is as others."""
    mine, fast, two = ours(model, dtype=dtype), ours(model, dtype=dtype, fast=True), ours(model, dtype=dtype, threads=2)
    others = by_hand(model, dtype)
    exact, short, *theirs = race([mine, fast, *others], cells, effort)
    yield "million cell-steps per second", number(rate(exact))
    for player, timing in zip(others, theirs, strict=True):
        yield f"against {player.name}", times(exact, timing)
    yield "`--fast` against exact", times(short, exact)
    one, both = race([mine, two], cells, effort)
    yield "two threads against one", times(both, one)


def race(players: list[Player], cells: int, effort: Effort) -> list[Timing]:
    """The time of a step of one cell, of each."""
    for player in players:
        checked(player, cells)
    steps = [enough_steps(player, cells, effort.seconds, time.thread_time) for player in players]
    tasks = {str(index): task(player, cells, steps[index]) for index, player in enumerate(players)}
    timings = interleaved(tasks, effort.rounds, clock_for(players))
    return [timing.per(cells * count) for timing, count in zip(timings.values(), steps, strict=True)]


def checked(player: Player, cells: int) -> None:
    """A few cells over many steps, and all of them over a few, which shows whether each is found."""
    check(player, min(cells, CHECKED_CELLS))
    if cells > CHECKED_CELLS:
        check(player, cells, max(CHECKED * CHECKED_CELLS // cells, 2))


def times(mine: Timing, theirs: Timing) -> str:
    return f"{number(mine.times_faster_than(theirs))}x"
