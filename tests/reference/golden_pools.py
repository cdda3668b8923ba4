"""Numbers that the bundled models with moving concentrations must give, whatever computes them.

Potentials are in mV, concentrations in mM, times in s. Those of Hübel & Dahlem are of the authors' own equations
and constants; LSODA at 1e-8 and 1e-10 agrees on every digit given. They show what the paper reports: either trigger,
a pump that rests or a current, sets off the same wave, with its three time scales. Currents through the membrane
build it up in seconds, the glial buffer ends it after tens of seconds, and gives the potassium back over hours.
"""

from __future__ import annotations

from typing import NamedTuple


class Wave(NamedTuple):
    """A course of spreading depression, as `waves.course_of_wave` sees it."""

    rise: float  # when K_o rises through 20 mM
    peak_time: float
    peak: float  # of K_o
    K_o: float  # at 60 s
    V: float  # at 60 s, depolarised: no spikes
    fall: float  # when K_o falls through 20 mM
    unstable: float  # when the depolarised state loses its stability (a Hopf bifurcation of V and n alone)


# Cressman et al. 2009, k_bath 8 mM: 100 s from the state in which the program starts
CRESSMAN_SPIKES, CRESSMAN_SPIKES_WITHIN = 820, 0.01  # relative
CRESSMAN_K_O = 6.70, 9.91  # the range of K_o in the second half

# Hübel & Dahlem 2014: the pump rests for 9.5 s, or 100 uA/cm^2 flow for 0.5 s, from 20 s on
PUMP_OFF = Wave(28.825, 35.252, 69.573, 47.228, -18.301, 105.330, 104.8)
STIMULATED = Wave(20.487, 27.085, 69.719, 41.327, -21.315, 97.299, 96.8)
# How long V stays at the unstable state is decided by the last digits of an integration: so is what follows.
REPOLARISED_WITHIN = 8.0
AT_500_S = (-75.56, 0.07), (2.962, 0.006), (104.2, 0.35), (75.8, 0.7)  # V, K_o, K_i, KB
BUFFERED = 77.4, 0.8  # the most that the buffer holds
TOO_SHORT, PEAK_OF_TOO_SHORT = 8.0, 13.47  # an interruption of the pump that starts no wave

# Kay 2017, from the program's start: the pump runs for 5000 s, and rests for 5000 s
PUMPING = -94.1390, 16.719, 133.273, 3.844, 146.164  # V, Na_i, K_i, Cl_i, X_i
PUMPING_VOLUME = 0.34208  # relative to the start
RESTING = -14.1535, 144.815, 5.203, 84.033, 65.986
RESTING_VOLUME = 0.75773
