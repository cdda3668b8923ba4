"""Both targets compute the same: 50 ms of every bundled model, to 1e-11 of each state's range, or its rounding."""

from __future__ import annotations

import numpy as np
import pytest

import iondsl
from iondsl.options import Options
from iondsl.simulate.kernel import Array

# Milliseconds and steps: I_Na.m of ten Tusscher 2006 and ToR-ORd and the pump's reactions are fast, and numpy slow.
LENGTHS = {
    "courtemanche_1998": (10.0, 0.005),
    "fabbri_2017": (10.0, 0.005),
    "ohara_rudy_2011": (5.0, 0.005),
    "ohara_rudy_land_2017": (5.0, 0.005),
    "ten_tusscher_2006": (3.0, 0.002),
    "tor_ord_2019": (3.0, 0.002),
    "calcium_pump": (10.0, 0.002),
}
# What the first input is held at, 10 where nothing is said: the stimulus of a cardiac cell, acetylcholine.
STARTS = {
    "courtemanche_1998": 20.0,
    "fabbri_2017": 1e-5,
    "luo_rudy_1991": 20.0,
    "ohara_rudy_2011": 40.0,
    "ohara_rudy_land_2017": 40.0,
    "ten_tusscher_2006": 52.0,
    "tor_ord_2019": 53.0,
}
SCHEMES = ("forward_euler", "rush_larsen", "exponential_euler", "rk4")
# Every model under the default scheme, and this one under all; what else there is takes minutes.
SMALL = "hodgkin_huxley_1952"
# Under other schemes than the default each of these compiles for minutes, and finds nothing that the others do not.
HUGE = ("fabbri_2017", "ohara_rudy_2011", "ohara_rudy_land_2017", "tor_ord_2019")


def marks(name: str, scheme: str) -> tuple[pytest.MarkDecorator, ...]:
    return () if name == SMALL or scheme == Options().scheme else (pytest.mark.slow,)


PAIRS = [
    pytest.param(name, scheme, marks=marks(name, scheme))
    for name in iondsl.models()
    for scheme in SCHEMES
    if name not in HUGE or scheme == Options().scheme
]


def course(name: str, target: str, scheme: str) -> dict[str, Array]:
    """Every state over 50 ms; cardiac cells are stimulated at once, so that the action potential is in it."""
    until, dt = LENGTHS.get(name, (50.0, 0.01))
    model = iondsl.load(name)
    stimulus = model.inputs[0].name
    first = model.compile(scheme=scheme, target=target)
    names = model.states.names
    result = first.run(until=until, dt=dt, every=0.1, record=names, inputs={stimulus: STARTS.get(name, 10.0)})
    return {each: result[each] for each in names}


@pytest.mark.parametrize(("name", "scheme"), PAIRS)
def test_targets_agree(name: str, scheme: str) -> None:
    """A slow gate keeps what each step rounds, to one side where it hardly moves: on some processors NumPy's exp2 is
    0.7 units in the last place off, 0.13 on average, which in 1,000 steps makes 1.1e-13."""
    plain, native = (course(name, target, scheme) for target in ("numpy", "c"))
    for state, values in plain.items():
        span, rounding = float(np.ptp(values)), 1.5e-13 * float(np.abs(values).max())
        assert np.abs(values - native[state]).max() <= max(1e-11 * span, rounding), state
