"""Numbers that a bundled model must give, whatever computes it.

Classical Runge-Kutta at 0.005 and 0.0025 ms agrees on every digit given. Potentials are in mV, currents in
uA/cm^2, times in ms, rates in Hz: those of the last interval between crossings of 0 mV, starting from rest.
"""

from __future__ import annotations

from typing import NamedTuple


class FixedPoint(NamedTuple):
    """A property of the fixed points with V between low and high, of a model with so many gates."""

    model: str
    gates: int
    low: float
    high: float
    value: float
    within: float


class Firing(NamedTuple):
    model: str
    current: float
    rate: float
    within: float
    until: float


RESTS = (
    FixedPoint("hodgkin_huxley_1952", 3, -70, -60, -64.99638, 5e-6),
    FixedPoint("wang_buzsaki_1996", 2, -70, -60, -64.01756, 5e-6),
    FixedPoint("connor_stevens_1971", 5, -75, -60, -67.978, 5e-4),
    FixedPoint("golomb_2007", 4, -75, -65, -70.03811, 5e-6),
)
SADDLE_NODES = (
    FixedPoint("wang_buzsaki_1996", 2, -64, -50, 0.160086, 5e-7),
    FixedPoint("connor_stevens_1971", 5, -67, -46, 8.11405, 5e-6),
)
# Morris-Lecar: where the trace of the analytic Jacobian vanishes, to 30 digits.
HOPFS = (
    FixedPoint("hodgkin_huxley_1952", 3, -60, -59, 9.7754, 5e-5),
    FixedPoint("hodgkin_huxley_1952", 3, -44, -41, 154.522, 5e-4),
    FixedPoint("morris_lecar_1981", 1, -26, -24, 93.8576, 5e-5),
    FixedPoint("morris_lecar_1981", 1, 6, 9, 212.0188, 5e-5),
)
FIRINGS = (
    Firing("hodgkin_huxley_1952", 10.0, 68.324, 0.001, 150.0),
    Firing("hodgkin_huxley_1952", 20.0, 86.470, 0.001, 150.0),
    Firing("wang_buzsaki_1996", 1.0, 59.70, 0.005, 200.0),
    Firing("connor_stevens_1971", 9.0, 18.547, 0.001, 400.0),
)

# Hodgkin-Huxley
REST_GATES = (0.052955, 0.595994, 0.317732)  # m, h, n
PEAK, TROUGH = 30.43, -74.90  # of V, firing steadily at 10 uA/cm^2
THRESHOLDS = ((0.5, 13.2751), (1.0, 6.9189), (2.0, 3.8594))  # width and height of the pulse
CLAMP_PEAK_TIME, CLAMP_PEAK_I_NA = 0.62, -1456.84  # stepped to 0 mV, having been held at -65 mV
CLAMP_I_K = 1890.26  # 20 ms after the step

# Morris-Lecar with Ca.E at 130 mV instead of 120: low, high and value, likewise
HOPFS_AT_130 = ((-27, -25, 88.5697), (8, 10, 190.7161))

# Luo-Rudy, given 80 uA/cm^2 from 50 to 50.5 ms
ACTION_POTENTIAL_PEAK_TIME, ACTION_POTENTIAL_PEAK = 51.23, 45.507
ACTION_POTENTIAL_LEVEL, ACTION_POTENTIAL_DURATION = -71.525, 384.94
