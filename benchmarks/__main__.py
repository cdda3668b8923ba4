"""`python -m benchmarks [--quick] [QUESTION ...]`: the tables of docs/performance.md, on this machine."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from time import perf_counter
from typing import TypeVar

from benchmarks.contest import FULL, QUICK, Effort
from benchmarks.machine import machine
from benchmarks.questions import (
    compile_time,
    float32_error,
    grid,
    handwritten,
    memory,
    one_cell,
    precision,
    python,
    scalar,
    sizes,
    stages,
    threads,
    units,
    varied,
)
from benchmarks.table import Column, Row, grid_markdown, markdown
from benchmarks.titles import TITLES

SPEED = {
    "handwritten": handwritten.rows,
    "scalar": scalar.rows,
    "python": python.rows,
    "threads": threads.rows,
    "sizes": sizes.rows,
    "varied": varied.rows,
    "one-cell": one_cell.rows,
    "float32": precision.rows,
}
OTHERS = {
    "float32-error": float32_error.rows,
    "memory": memory.rows,
    "compile": compile_time.rows,
    "stages": stages.rows,
    "units": units.rows,
}
GRID = "grid"
QUESTIONS = (*SPEED, *OTHERS, GRID)

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help=f"some of {', '.join(QUESTIONS)}")
    chosen = parser.parse_args()
    for name in chosen.questions:
        if name not in QUESTIONS:
            parser.error(f"no question `{name}`; there are {', '.join(QUESTIONS)}")
    effort = QUICK if chosen.quick else FULL
    for table in tables(chosen.questions or QUESTIONS, effort):
        print(f"{table}\n", flush=True)


def tables(asked: Collection[str], effort: Effort) -> Iterator[str]:
    """What docs/performance.md holds, in its order."""
    yield machine()
    if rows := list(answers(SPEED, asked, effort)):
        yield markdown(rows, "million cell-steps per second")
    if rows := list(answers(OTHERS, asked, effort)):
        yield markdown(rows)
    for model in grid.MODELS if GRID in asked else ():
        yield grid_markdown(TITLES[model], list(told(TITLES[model], grid.columns(model, effort), Column.line)))


def answers(
    questions: Mapping[str, Callable[[Effort], Iterator[Row]]], asked: Collection[str], effort: Effort
) -> Iterator[Row]:
    for name, rows in questions.items():
        if name in asked:
            yield from told(name, rows(effort), Row.line)


def told(name: str, found: Iterator[T], line: Callable[[T], str]) -> Iterator[T]:
    """Each of them is told on standard error when it is there."""
    begin = perf_counter()
    for each in found:
        print(f"{perf_counter() - begin:6.1f} s  {name}: {line(each)}", file=sys.stderr, flush=True)
        begin = perf_counter()
        yield each


if __name__ == "__main__":
    main()
