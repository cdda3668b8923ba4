"""What is a second thread worth, and what would it be worth at most?

That is told by two processes of one thread each, which share nothing but the machine: its processors may be two halves
of one, or share their power.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.companion import beside
from benchmarks.contest import Effort, Outcome, enough_steps, rate, task
from benchmarks.measure import Timing, interleaved
from benchmarks.players import check, ours
from benchmarks.table import Bound, Row, at_least
from benchmarks.titles import TITLES, cells_of, rates

MODELS = ("hodgkin_huxley_1952", "luo_rudy_1991")
CELLS = 100_000


def rows(effort: Effort) -> Iterator[Row]:
    for model in MODELS:
        one, two = ours(model), ours(model, threads=2)
        check(one)
        check(two)
        steps = enough_steps(one, CELLS, effort.seconds, time.perf_counter)
        alone, shared = task(one, CELLS, steps), task(two, CELLS, steps)
        with beside(alone, model, CELLS, steps) as both:
            timings = interleaved({"one": alone, "threads": shared, "processes": both}, effort.rounds)
        subject, single = f"{TITLES[model]}, {cells_of(CELLS)}, two", timings["one"].per(CELLS * steps)
        yield row(f"{subject} threads", "one thread", timings["threads"].per(CELLS * steps), single, at_least(1.9))
        # Twice the work is done.
        yield row(f"{subject} processes", "one process", timings["processes"].per(2 * CELLS * steps), single)


def row(subject: str, against: str, double: Timing, single: Timing, bound: Bound | None = None) -> Row:
    outcome = Outcome((rate(double), rate(single)), double.times_faster_than(single))
    return Row(subject, against, outcome.ratio, bound, rates=rates(outcome))
