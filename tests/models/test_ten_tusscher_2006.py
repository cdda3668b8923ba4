"""Ten Tusscher and Panfilov 2006 and its variants against the equations of their source files.

Derivatives are held to 50 digits of them, within ten times what the rounding of the state alone changes; an action
potential to their integration by LSODA at 1e-10, with `rk4` in steps that are safe for `I_Na.m`, whose tau falls to
1 us at rest: the two differ by 4e-5 mV, most of it at the end of the stimulus.
"""

from __future__ import annotations

from functools import cache, partial

import mpmath
import numpy as np
import pytest
from scipy.integrate import solve_ivp

import iondsl
from tests.reference import ten_tusscher_2006 as source
from tests.reference.digits import DIGITS, in_digits
from tests.reference.models import Array
from tests.reference.ten_tusscher_2006 import KINDS, STATES
from tests.targets.kernels import TARGETS, needs_compiler

HALF_ULP = 2.0**-53
STIMULUS = (100.0, 101.0, -52.0)
DT = 0.002
exactly = in_digits(source.rates)


@cache
def compiled(variant: str, target: str, scheme: str = "rk4") -> iondsl.Cell:
    if target == "c":
        needs_compiler()
    return iondsl.load("ten_tusscher_2006", variant=variant).compile(scheme=scheme, target=target)


def states(variant: str) -> Array:
    """(states, 6): the start, and five states up to 10 % away from it, with V from -90 to 50 mV."""
    start = np.array(KINDS[variant].start)[:, np.newaxis]
    draws = np.random.default_rng(2006).uniform(-1, 1, (len(start), 5))
    around = start * (1 + 0.1 * draws)
    around[0] = -20 + 70 * draws[0]
    return np.hstack([start, around])


def in_50_digits(variant: str, state: Array) -> list[mpmath.mpf]:
    kind = KINDS[variant]
    with mpmath.workdps(DIGITS):
        exact = kind._replace(g_transient=mpmath.mpf(str(kind.g_transient)), g_slow=mpmath.mpf(str(kind.g_slow)))
        return list(exactly([mpmath.mpf(float(each)) for each in state], mpmath.mpf(0), exact))


def distance(found: Array, exact: list[mpmath.mpf]) -> Array:
    """(states, ...): how far doubles are from the exact numbers."""
    with mpmath.workdps(DIGITS):
        rows = [[abs(float(mpmath.mpf(float(each)) - number)) for each in np.ravel(row)]
                for row, number in zip(found, exact, strict=True)]
    return np.array(rows)


def noise(variant: str, state: Array, exact: list[mpmath.mpf]) -> Array:
    """What rounding the state changes: the largest error of the oracle in doubles over 100 states half an ulp off."""
    draws = np.random.default_rng(1).uniform(-1, 1, (len(state), 100))
    shaken = state[:, np.newaxis] * (1 + HALF_ULP * draws.round())
    worst: Array = distance(source.ten_tusscher_2006(shaken, 0.0, KINDS[variant]), exact).max(axis=1)
    return worst


@pytest.mark.parametrize("variant", KINDS)
def test_start(variant: str) -> None:
    cell = compiled(variant, "numpy", "forward_euler")
    assert tuple(column.name for column in cell.states) == STATES
    assert tuple(cell.initial_state()[:, 0]) == KINDS[variant].start


@pytest.mark.parametrize("variant", KINDS)
def test_derivatives(variant: str) -> None:
    given = states(variant)
    found = compiled(variant, "numpy", "forward_euler").evaluate([f"{name}'" for name in STATES], given)
    for column, state in enumerate(given.T):
        exact = in_50_digits(variant, state)
        error = distance(found[:, [column]], exact)[:, 0]
        assert np.all(error <= 10 * noise(variant, state, exact)), (column, state[0])


def test_derivatives_of_the_native_target() -> None:
    given, names = states(""), [f"{name}'" for name in STATES]
    plain, native = (compiled("", target).evaluate(names, given) for target in TARGETS)
    for column, state in enumerate(given.T):
        bound = 10 * noise("", state, in_50_digits("", state))
        assert np.all(np.abs(plain - native)[:, column] <= bound)


@pytest.mark.parametrize("target", TARGETS)
def test_no_potential_is_a_hole(target: str) -> None:
    """No 0/0, at V = 15 mV, -47.13 mV or elsewhere, and no overflow."""
    V = np.arange(-15_000, 10_001) / 100
    given = np.repeat(np.array(KINDS[""].start)[:, np.newaxis], len(V), axis=1)
    given[0] = V
    found = compiled("", target).evaluate([*(f"{name}'" for name in STATES), "I_CaL"], given)
    assert np.isfinite(found).all()
    at = int(np.flatnonzero(V == 15)[0])
    assert found[-1, at] == pytest.approx(found[-1, [at - 1, at + 1]].mean(), rel=1e-6)


def per_ms(t: float, state: Array, I: float, kind: source.Kind) -> Array:
    return source.ten_tusscher_2006(state, I, kind)


def action_potential(variant: str, times: Array) -> Array:
    """V at the times, which begin at 0, by the source's equations."""
    begin, end, current = STIMULUS
    state, found = np.array(KINDS[variant].start), []
    for first, last, I in ((0.0, begin, 0.0), (begin, end, current), (end, times[-1], 0.0)):
        asked = times[(times >= first) & (times < last)] if last < times[-1] else times[times >= first]
        rates = partial(per_ms, I=I, kind=KINDS[variant])
        run = solve_ivp(rates, (first, last), state, "LSODA", np.union1d(asked, [last]), rtol=1e-10, atol=1e-13)
        assert run.success
        found.append(run.y[0, : len(asked)])
        state = run.y[:, -1]
    return np.concatenate(found)


@pytest.mark.parametrize("variant", ["", *(pytest.param(name, marks=pytest.mark.slow) for name in KINDS if name)])
def test_action_potential(variant: str) -> None:
    result = compiled(variant, "c").run(until=600, dt=DT, every=0.1, protocol="pace")
    assert np.abs(result["V"][:, 0] - action_potential(variant, result.time)).max() < 1e-3
