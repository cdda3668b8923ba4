"""Numbers of beating cells, from the source file of each: its equations by LSODA at 1e-10, without iondsl.

Potentials are in mV, times in ms.
"""

from __future__ import annotations

from typing import NamedTuple


class Beat(NamedTuple):
    """A cycle of a cell that beats by itself: between upward crossings of the level, and from there to the downward."""

    level: float
    cycle: float
    duration: float
    peak: float
    trough: float


# The mmt file noble-1962: the fourth beat.
NOBLE_1962 = Beat(level=-40, cycle=564.164, duration=244.456, peak=23.367, trough=-81.579)
