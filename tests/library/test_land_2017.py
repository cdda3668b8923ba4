"""Land 2017: its equations, what its parameters stand for, and a twitch under a given transient of calcium."""

from __future__ import annotations

from functools import cache, partial

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import iondsl
from iondsl.source import Source
from tests.reference.land_2017 import T_REF, TRPN_MAX, rates, tension
from tests.reference.models import Array

MUSCLE = """
model muscle:

space i:
    volume = 1000 [um^3]
space troponin:
    volume = i.volume

ion Ca:
    z = +2
    input i [mM] = 1e-4 [mM]
    state troponin [mM] = J_TRPN.rest in [mM]

use J_TRPN from mechanics.land_2017:
    Ca50 = tension.Ca50
use tension from mechanics.land_2017:
    CaTRPN = J_TRPN.share
    stretch = length
    rate = length'

state length = 1
length' = speed
input speed [1/ms] = 0 [1/ms]

protocol twitch:
    Ca.i = pulse(start = 10 [ms], width = 120 [ms], height = 9e-4 [mM]) + 1e-4 [mM]
    speed = pulse(start = 60 [ms], width = 20 [ms], height = -2e-3 [1/ms])
"""
# Of ours, in the order of the reference, with its names behind: TRPN, XS, XW, TmB, ZETAW, ZETAS, Cd; then the length.
STATES = (
    *("Ca.troponin", "tension.heads.S", "tension.heads.W", "tension.heads.B"),
    *("tension.zeta_w", "tension.zeta_s", "tension.passive.C_d", "length"),
)


@cache
def model() -> iondsl.Model:
    return iondsl.Model(Source("muscle.ion", MUSCLE))


@cache
def compiled() -> iondsl.Cell:
    return model().compile(scheme="rk4", target="numpy")


def test_equations() -> None:
    """At any stretch, shortening or lengthening, with distorted heads of both signs."""
    random = np.random.default_rng(2017)
    count = 40
    shares = random.dirichlet(np.ones(4), count).T[:3]
    troponin, Ca = random.uniform(0.02, 0.98, count), random.uniform(0.05, 2, count)
    distortion, strain = random.uniform(-2, 2, (2, count)), random.uniform(-0.2, 0.2, (1, count))
    stretch, speed = random.uniform(0.75, 1.3, count), random.uniform(-0.01, 0.01, count)
    state = np.vstack([troponin, *shares, *distortion, *strain])
    ours = np.vstack([TRPN_MAX * troponin, state[1:], stretch])
    inputs = {"Ca.i": Ca / 1000, "speed": speed}
    assert model().states.names == STATES
    found = model().derivatives(ours, inputs=inputs)
    expected = rates(state, Ca, stretch, speed)
    expected[0] *= TRPN_MAX
    assert found == pytest.approx(np.vstack([expected, speed]), rel=1e-12, abs=1e-14)
    names = ["tension.active", "tension.passive.tension"]
    assert compiled().evaluate(names, ours, inputs=inputs) == pytest.approx(tension(state, stretch), rel=1e-12)


def at_rest(Ca: float, length: float = 1.0) -> float:
    """The active tension in kPa that it settles to, at a calcium in uM: a run begins there."""
    text = MUSCLE.replace("1e-4 [mM]\n    state", f"{Ca / 1000!r} [mM]\n    state")
    text = text.replace("state length = 1\n", f"state length = {length!r}\n")
    cell = iondsl.Model(Source("muscle.ion", text)).compile(target="numpy")
    return float(cell.evaluate(["tension.active"], cell.initial_state())[0, 0])


def test_what_its_parameters_stand_for() -> None:
    """T_ref is the tension of full activation; half of it is there where a share TRPN_50 of troponin has calcium; a
    stretch adds overlap and sensitivity."""
    half = float(np.sqrt(0.35 / 0.65))
    assert at_rest(1e3) == pytest.approx(T_REF / (1 + 0.35**5), rel=1e-5)
    assert at_rest(0.805 * half) == pytest.approx(T_REF / 2, rel=1e-9)
    assert at_rest(0.565 * half, length=1.1) == pytest.approx(1.23 * T_REF / 2, rel=1e-9)
    assert at_rest(1e3, length=0.8) == pytest.approx((1 + 2.3 * (0.8 + 0.8 - 1.87)) * T_REF / (1 + 0.35**5), rel=1e-5)


def moving(t: float, state: Array, Ca: float, length: float, speed: float) -> Array:
    return rates(state, Ca, length + speed * t, speed)


def test_a_twitch_that_shortens() -> None:
    """Against LSODA at 1e-10 on the equations by hand, piece by piece where calcium or the speed jumps."""
    begin = compiled().initial_state()[:, 0]
    pieces = [(10, 0.1, 0.0), (60, 1.0, 0.0), (80, 1.0, -2e-3), (130, 1.0, 0.0), (400, 0.1, 0.0)]
    state, length, at, expected = begin[:-1] / [TRPN_MAX, 1, 1, 1, 1, 1, 1], 1.0, 0.0, []
    for end, Ca, speed in pieces:
        flow = partial(moving, Ca=Ca, length=length, speed=speed)
        run = solve_ivp(flow, (0, end - at), state, "LSODA", [end - at], rtol=1e-10, atol=1e-13)
        state, length, at = run.y[:, -1], length + speed * (end - at), end
        expected.append(tension(state, length))
    result = compiled().run(until=400, dt=0.05, every=10, protocol="twitch", record=("tension.active", "tension.total"))
    rows = [int(np.argmin(np.abs(result.time - end))) for end, _, _ in pieces]
    active, total = (result[name][rows, 0] for name in ("tension.active", "tension.total"))
    assert active == pytest.approx([each[0] for each in expected], rel=1e-6)
    assert total == pytest.approx([sum(each) for each in expected], rel=1e-6)
