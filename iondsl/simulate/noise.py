"""Noise: an Ornstein-Uhlenbeck process on the grid of a run, in every cell its own.

It is constant in a step and exact from one to the next: x(t + dt) = x(t) exp(-dt/tau) + sd sqrt(1 - exp(-2 dt/tau)) z.
Source: Gillespie 1996, Physical Review E 54:2084-2091, doi:10.1103/PhysRevE.54.2084. The normal numbers z are those of
a counter: Philox (Salmon et al. 2011, doi:10.1145/2063384.2063405) for the seed, the step and the cell, by Box and
Muller's formula. So a course depends on seed, cell and dt, and on nothing that is done with it. It begins at step 0;
before that it runs back through the same values.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from iondsl.immutable import frozen
from iondsl.simulate.kernel import Array

if TYPE_CHECKING:
    import numpy.typing as npt

# Steps whose numbers are drawn at once.
BLOCK = 64
# So many blocks can be gone back without beginning anew: more than any span of steps holds.
KEPT = 64
# Cells whose numbers are made at once, in the processor's cache.
TOGETHER = 256


@frozen
class Noise:
    """`sd` is the standard deviation in the unit of the input, `tau` the correlation time."""

    sd: float
    tau: float
    seed: float


class Course:
    """One noise in several cells, times `scale`, step by step."""

    def __init__(self, noise: Noise, scale: float, dt: float, cells: int) -> None:
        self._seed, self._cells = int(noise.seed), cells
        self._sd = scale * noise.sd
        self._decay = math.exp(-dt / noise.tau)
        self._kick = self._sd * math.sqrt(-math.expm1(-2 * dt / noise.tau))
        self._ends: dict[int, Array] = {}
        self._block = -1
        self._rows: Array = np.empty((0, cells))

    def rows(self, first: int, count: int) -> Array:
        """(steps, cells) from step `first` on."""
        steps = np.abs(np.arange(first, first + count))
        found = np.empty((count, self._cells))
        for block in np.unique(steps // BLOCK).tolist():
            here = steps // BLOCK == block
            found[here] = self._of(block)[steps[here] % BLOCK]
        return found

    def _of(self, block: int) -> Array:
        """(BLOCK, cells)"""
        if block != self._block:
            known = max((end for end in self._ends if end < block), default=-1)
            for each in range(known + 1, block + 1):
                self._rows = self._next(each)
                self._ends[each] = self._rows[-1].copy()
            self._ends = {end: row for end, row in self._ends.items() if abs(block - end) <= KEPT}
            self._block = block
        return self._rows

    def _next(self, block: int) -> Array:
        numbers = normal(self._seed, block, self._cells)
        rows = self._kick * numbers
        if block:
            rows[0] += self._decay * self._ends[block - 1]
        else:
            rows[0] = self._sd * numbers[0]
        for step in range(1, BLOCK):
            rows[step] += self._decay * rows[step - 1]
        return rows


def normal(seed: int, block: int, cells: int) -> Array:
    """(BLOCK, cells) numbers of standard normal distribution; those of a cell do not depend on how many there are."""
    counter = np.random.Philox(key=np.array([seed, block], np.uint64))
    found = np.empty((BLOCK, cells))
    for first in range(0, cells, TOGETHER):
        bits = counter.random_raw(min(TOGETHER, cells - first) * BLOCK).reshape(-1, BLOCK)
        found[:, first : first + TOGETHER] = box_muller(bits)
    return found


def box_muller(bits: npt.NDArray[np.uint64]) -> Array:
    """(cells, BLOCK) random words to (BLOCK, cells) normal numbers."""
    unit = np.ascontiguousarray(bits.T >> np.uint64(11)) * 2.0**-53  # in [0, 1)
    radius, angle = np.sqrt(-2 * np.log1p(-unit[: BLOCK // 2])), 2 * math.pi * unit[BLOCK // 2 :]
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])
