"""A bar for runs that take their time, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from iondsl.simulate.run import Progress

if TYPE_CHECKING:
    from rich import progress as rich

# Seconds that a run may take without one.
PATIENCE = 1.0


@contextmanager
def progress() -> Iterator[Progress | None]:
    """What a run reports its steps to; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = Bar(perf_counter())
    try:
        yield bar.update
    finally:
        if bar.display is not None:
            bar.display.stop()


@dataclass(slots=True)
class Bar:
    """Appears once the run has taken a while, and vanishes with it."""

    begin: float
    display: rich.Progress | None = None

    def update(self, done: int, total: int) -> None:
        if self.display is None:
            if perf_counter() - self.begin < PATIENCE:
                return
            self.display = started(total)
        self.display.update(self.display.task_ids[0], completed=done)


def started(total: int) -> rich.Progress:
    from rich.console import Console
    from rich.progress import Progress as Display

    display = Display(console=Console(stderr=True), transient=True)
    display.add_task("steps", total=total)
    display.start()
    return display
