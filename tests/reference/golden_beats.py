"""Numbers of beating cells, from the source file of each: its equations by LSODA at 1e-10, without iondsl.

None of them is printed in a paper: those show figures, or cells that were paced for hundreds of beats. Potentials are
in mV, times in ms, concentrations in mM.
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


class Paced(NamedTuple):
    """The first action potential of a protocol `pace`, from the upward to the downward crossing of the level."""

    level: float
    duration: float
    peak: float
    calcium: float


# The mmt file noble-1962: the fourth beat.
NOBLE_1962 = Beat(level=-40, cycle=564.164, duration=244.456, peak=23.367, trough=-81.579)
# The mmt file beeler-1977, in which the rate of x1 is put right.
BEELER_REUTER_1977 = Paced(level=-60, duration=274.154, peak=32.708, calcium=6.1767e-3)
# The CellML file difrancesco_noble_model_1985 without its stimulus: the first cycle.
DIFRANCESCO_NOBLE_1985 = Beat(level=-40, cycle=1683.28, duration=292.43, peak=18.566, trough=-90.049)
# The CellML files ohara_rudy_2011_endo and ToRORd_dynCl_endo, this one from the start of our model.
OHARA_RUDY_2011 = Paced(level=-75, duration=305.260, peak=44.558, calcium=1.99869e-4)
TOR_ORD_2019 = Paced(level=-75, duration=262.960, peak=32.815, calcium=6.67258e-4)
