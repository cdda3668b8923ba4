"""Many cells: the native kernel against NumPy, on one thread and on two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import iondsl
from benchmarks.measure import interleaved
from iondsl.simulate.kernel import Array

ROUNDS = 7
CELLS = 10_000
# Steps per round, chosen so that each round takes a few tenths of a second.
STEPS = {"numpy": 40, "c": 200, "c, 2 threads": 200}
TOLERANCE = 1e-11


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: million cell-steps a second, and how many times as fast as NumPy."""

    model: str
    kernel: str
    rate: float
    ratio: float


def compare(model: str, scheme: str = "rush_larsen", dt: float = 0.01) -> list[Row]:
    """All kernels of one model. Each is first checked against NumPy over the same steps."""
    loaded = iondsl.load(model)
    cells = {target: loaded.compile(scheme=scheme, target=target) for target in ("numpy", "c")}
    check(cells, dt)
    tasks: dict[str, Callable[[], object]] = {}
    for name, steps in STEPS.items():
        cell = cells[name.split(",")[0]]
        threads = 2 if "2 threads" in name else 1
        tasks[name] = task(cell, cell.initial_state(CELLS), dt, steps, threads)
    timings = interleaved(tasks, ROUNDS)
    steps_of = {name: timings[name].per(steps) for name, steps in STEPS.items()}
    return [
        Row(model, name, CELLS / each.median / 1e6, each.times_faster_than(steps_of["numpy"]))
        for name, each in steps_of.items()
    ]


def task(cell: iondsl.Cell, state: Array, dt: float, steps: int, threads: int) -> Callable[[], object]:
    return lambda: cell.step(state, 0.0, dt, steps, threads=threads)


def check(cells: dict[str, iondsl.Cell], dt: float) -> None:
    """Raises ArithmeticError when the kernels do not compute the same."""
    ends = []
    for cell in cells.values():
        state = cell.initial_state(CELLS)
        state[0] += np.linspace(0, 30, CELLS)
        cell.step(state, 0.0, dt, 100)
        ends.append(state)
    if not np.allclose(ends[0], ends[1], rtol=TOLERANCE, atol=TOLERANCE):
        raise ArithmeticError("the kernels disagree")
