"""How much faster than Python's own ways? Hodgkin-Huxley in NumPy, ours and by hand, and in numba."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.contest import Effort, contest
from benchmarks.opponents import HODGKIN_HUXLEY, in_numba, in_numpy
from benchmarks.players import ours
from benchmarks.table import Row, at_least
from benchmarks.titles import cells_of, rates, titles

CELLS = 10_000


def rows(effort: Effort) -> Iterator[Row]:
    mine, numba = ours(HODGKIN_HUXLEY), in_numba(HODGKIN_HUXLEY)
    if numba is None:
        print('numba is not installed: pip install "iondsl[bench]"', file=sys.stderr)
    for theirs in (ours(HODGKIN_HUXLEY, "numpy"), in_numpy(HODGKIN_HUXLEY), numba):
        if theirs is not None:
            outcome = contest(mine, theirs, CELLS, effort)
            subject = f"{titles(mine)}, {cells_of(CELLS)}"
            yield Row(subject, theirs.name, outcome.ratio, at_least(7.0), rates=rates(outcome))
