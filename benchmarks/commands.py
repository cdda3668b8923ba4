"""Whole commands as a user waits for them: a warm run, a cold one, a check."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable

from benchmarks.measure import Timing, interleaved

ROUNDS = 5
MODEL = "hodgkin_huxley_1952"
RUN = ("run", MODEL, "--until", "100")


def measure() -> dict[str, Timing]:
    """Seconds of each command, beside those of a Python that does nothing."""
    tasks: dict[str, Callable[[], object]] = {
        "python -c pass": lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        f"iondsl check {MODEL}": lambda: iondsl("check", MODEL),
        f"iondsl {' '.join(RUN)}, warm": lambda: iondsl(*RUN),
        f"iondsl {' '.join(RUN)}, cold": cold,
    }
    return interleaved(tasks, ROUNDS)


def iondsl(*words: str, cache: str | None = None) -> None:
    environment = os.environ | ({} if cache is None else {"IONDSL_CACHE_DIR": cache})
    command = [sys.executable, "-m", "iondsl", *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def cold() -> None:
    """Parse, generate, compile, run: with an empty cache."""
    with tempfile.TemporaryDirectory() as folder:
        iondsl(*RUN, cache=folder)
