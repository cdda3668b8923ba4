"""A second process that advances as many cells at the same time: `python -m benchmarks.companion MODEL CELLS STEPS`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.contest import task
from benchmarks.players import ours


@contextmanager
def beside(alone: Callable[[], object], model: str, cells: int, steps: int) -> Iterator[Callable[[], None]]:
    """`alone`, with the same in another process beside it: both have ended when it does."""
    command = [sys.executable, "-m", "benchmarks.companion", model, str(cells), str(steps)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:

        def both() -> None:
            with on(0):
                print("go", file=other.stdin, flush=True)
                alone()
                wait(other)

        wait(other)
        yield both


@contextmanager
def on(number: int) -> Iterator[None]:
    """This thread on one of its processors: else the two processes would begin on the same one."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(allowed)[number]})
    yield
    os.sched_setaffinity(0, allowed)


def wait(other: subprocess.Popen[str]) -> None:
    if not (other.stdout and other.stdout.readline()):
        raise ChildProcessError("the process beside this one has ended")


def main() -> None:
    model, cells, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    advance = task(ours(model), cells, steps)
    with on(-1):
        advance()
        print("ready", flush=True)
        for _ in sys.stdin:
            advance()
            print("done", flush=True)


if __name__ == "__main__":
    main()
