"""`python -m benchmarks [--quick] [QUESTION ...]`: the tables of docs/performance.md, on this machine."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from time import perf_counter

from benchmarks.contest import FULL, QUICK, Effort
from benchmarks.machine import machine
from benchmarks.questions import (
    compile_time,
    float32_error,
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
from benchmarks.table import Row, markdown

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
QUESTIONS = SPEED | OTHERS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help=f"some of {', '.join(QUESTIONS)}")
    chosen = parser.parse_args()
    for name in chosen.questions:
        if name not in QUESTIONS:
            parser.error(f"no question `{name}`; there are {', '.join(QUESTIONS)}")
    effort = QUICK if chosen.quick else FULL
    asked = chosen.questions or list(QUESTIONS)
    print(machine())
    for questions, rates in ((SPEED, "million cell-steps per second"), (OTHERS, "")):
        rows = list(told([name for name in asked if name in questions], effort))
        if rows:
            print(f"\n{markdown(rows, rates)}", flush=True)


def told(names: list[str], effort: Effort) -> Iterator[Row]:
    """All rows of some questions, each told on standard error when it is there."""
    for name in names:
        begin = perf_counter()
        for row in QUESTIONS[name](effort):
            words = " | ".join(cell for cell in row.cells() if cell)
            print(f"{perf_counter() - begin:6.1f} s  {name}: {words}", file=sys.stderr, flush=True)
            begin = perf_counter()
            yield row


if __name__ == "__main__":
    main()
