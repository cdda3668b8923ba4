"""Two kernels in turn, round by round: how many times as fast one is as the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.measure import Timing, interleaved
from benchmarks.players import CHECKED_CELLS, Player, check, start


@dataclass(frozen=True, slots=True)
class Effort:
    """How much time there is: rounds, seconds of one task in one round, and rounds of what takes seconds."""

    rounds: int
    seconds: float
    long_rounds: int


FULL = Effort(15, 0.06, 3)
QUICK = Effort(5, 0.02, 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Million cell-steps per second of each of two kernels, and how many times as fast the first one is."""

    rates: tuple[float, float]
    ratio: float


def contest(first: Player, second: Player, cells: int | tuple[int, int], effort: Effort) -> Outcome:
    """Each kernel is checked before it is timed; `cells` may differ between the two, which are compared per cell."""
    players = (first, second)
    numbers = cells if isinstance(cells, tuple) else (cells, cells)
    for player, number in zip(players, numbers, strict=True):
        check(player, min(number, CHECKED_CELLS))  # one cell has code of its own
    clock = clock_for(players)
    steps = [enough_steps(*each, effort.seconds, clock) for each in zip(players, numbers, strict=True)]
    first_task, second_task = (task(*each) for each in zip(players, numbers, steps, strict=True))
    timings = interleaved({"first": first_task, "second": second_task}, effort.rounds, clock)
    mine = timings["first"].per(numbers[0] * steps[0])
    theirs = timings["second"].per(numbers[1] * steps[1])
    return Outcome((rate(mine), rate(theirs)), mine.times_faster_than(theirs))


def clock_for(players: Iterable[Player]) -> Callable[[], float]:
    """Time on a processor is not disturbed by who else wants it, but does not tell what a second thread is worth."""
    return time.thread_time if all(player.threads == 1 for player in players) else time.perf_counter


def rate(timing: Timing) -> float:
    return 1e-6 / timing.median


def task(player: Player, cells: int, steps: int) -> Callable[[], object]:
    state = start(player.model, cells, player.dtype)
    return lambda: player.advance(state, steps)


def enough_steps(player: Player, cells: int, seconds: float, clock: Callable[[], float]) -> int:
    """A number of steps that takes about so long, and at least those that the player needs."""
    state, steps = start(player.model, cells, player.dtype), 1
    player.advance(state, steps)
    while True:
        begin = clock()
        player.advance(state, steps)
        taken = clock() - begin
        if taken > seconds / 4:
            return max(round(steps * seconds / taken), player.least_steps)
        steps *= 2
