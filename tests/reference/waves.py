"""What one sees of a wave of spreading depression: times in s, potentials in mV, concentrations in mM."""

from __future__ import annotations

import numpy as np

from tests.reference.models import Array
from tests.reference.numerics import crossings, peak


def course_of_wave(time: Array, V: Array, K_o: Array) -> tuple[float, ...]:
    """When K_o rises through 20 mM, time and height of its peak, K_o and V at 60 s, and when K_o has fallen again."""
    at_60 = int(np.searchsorted(time, 60 - 1e-6))
    rise = crossings(time, K_o, 20)[0]
    fall = crossings(time, -K_o, -20)[-1]
    return float(rise), *peak(time, K_o), float(K_o[at_60]), float(V[at_60]), float(fall)


def repolarisation(time: Array, V: Array) -> float:
    """When V falls through -60 mV for the last time."""
    return float(crossings(time, -V, 60)[-1])
