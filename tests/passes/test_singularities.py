"""Removable 0/0: accurate at and around the singular voltage, against 50 digits, in every target and scheme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest

import iondsl
from iondsl.simulate.kernel import Array

TOLERANCE = 1e-12

Function = Callable[[Any], Any]

# (right side of a rate, its singular voltage, the same in 50 digits)
CASES: tuple[tuple[str, float, Function], ...] = (
    ("0.1 * (V + 40) / (1 - exp(-(V + 40) / 10))", -40, lambda v: (v + 40) / 10 / (1 - mpmath.exp(-(v + 40) / 10))),
    (
        "0.01 * (55 + V) / (1 - exp(-0.1 * (V + 55)))",
        -55,
        lambda v: (v + 55) / 100 / (1 - mpmath.exp(-(v + 55) / 10)),
    ),
    ("-0.28 * (V - 40) / (1 - exp((V - 40) / 5))", 40, lambda v: -28 * (v - 40) / 100 / (1 - mpmath.exp((v - 40) / 5))),
    ("(0.1 * V + 4) / (1 - exp(-0.1 * V - 4))", -40, lambda v: (v / 10 + 4) / (1 - mpmath.exp(-v / 10 - 4))),
    (
        "0.055 * (-27 - V) / (exp((-27 - V) / 3.8) - 1)",
        -27,
        lambda v: 55 * (-27 - v) / 1000 / mpmath.expm1((-27 - v) * 10 / 38),
    ),
    ("(exp(0.04 * (V + 77)) - 1) / (V + 77)", -77, lambda v: mpmath.expm1((v + 77) / 25) / (v + 77)),
    (
        "2 * (V - v_half) / (exp((V - v_half) / k) - exp(-(V - v_half) / k))",
        -35,
        lambda v: 2 * (v + 35) / (mpmath.exp((v + 35) / 7) - mpmath.exp(-(v + 35) / 7)),
    ),
    ("u / (1 - exp(-u / 9))", -20, lambda v: (v + 20) / (1 - mpmath.exp(-(v + 20) / 9))),
    ("(V + 20) / (1 - exp(-u / 9))", -20, lambda v: (v + 20) / (1 - mpmath.exp(-(v + 20) / 9))),
    ("(V + 30) / tanh((V + 30) / 12)", -30, lambda v: (v + 30) / mpmath.tanh((v + 30) / 12)),
    ("(V + 30) / sinh((V + 30) / 12)", -30, lambda v: (v + 30) / mpmath.sinh((v + 30) / 12)),
    (
        "0.32 * (V + 47.13) / (1 - exp(-0.1 * (V + 47.13)))",
        -47.13,
        lambda v: 32 * (v + mpmath.mpf("47.13")) / 100 / (1 - mpmath.exp(-(v + mpmath.mpf("47.13")) / 10)),
    ),
    (
        "(V + 60) / expm1((V + 60) / 4) if V < 100 else 0",
        -60,
        lambda v: (v + 60) / mpmath.expm1((v + 60) / 4),
    ),
    ("0.1 * (V + 40) / (1 - e)", -40, lambda v: (v + 40) / 10 / (1 - mpmath.exp(-(v + 40) / 10))),
    (
        "(V + 40)^2 / (1 - exp(-(V + 40) / 10))^2",
        -40,
        lambda v: ((v + 40) / (1 - mpmath.exp(-(v + 40) / 10))) ** 2,
    ),
    ("(0.1 * V + 4) / (1 - exp(-0.1 * V) * exp(-4))", -40, lambda v: (v / 10 + 4) / (1 - mpmath.exp(-v / 10 - 4))),
)


def around(singular: float) -> Array:
    """The voltage itself, and on both sides of it from one ulp to 10 mV."""
    steps = np.concatenate([[np.spacing(abs(singular))], 10.0 ** np.arange(-13, 1.01, 0.25)])
    return np.concatenate([singular - steps[::-1], [singular], singular + steps])


def singular_model(folder: Path) -> iondsl.Model:
    """One model with a quantity per case, all functions of V."""
    lines = [f"    r{index} = {text}" for index, (text, _, _) in enumerate(CASES)]
    text = "\n".join(
        (
            "model singular:",
            '    "Rates with a removable singularity."',
            "param v_half = -35 [mV]",
            "param k = 7 [mV]",
            "u = V + 20",
            "e = exp(-(V + 40) / 10)",
            "membrane:",
            "    state V = -40 [mV]",
            "    V' = 0",
            "part rates:",
            *lines,
        )
    )
    file = folder / "singular.ion"
    file.write_text(text + "\n")
    return iondsl.load(file)


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_accurate_around_every_singular_voltage(target: str, tmp_path: Path) -> None:
    cell = singular_model(tmp_path).compile(scheme="forward_euler", target=target)
    for index, (text, singular, function) in enumerate(CASES):
        voltages = around(singular)
        found = cell.evaluate([f"rates.r{index}"], voltages[None, :])[0]
        with mpmath.workdps(50):
            exact = np.array([limit(function, voltage) for voltage in voltages])
        assert found == pytest.approx(exact, rel=TOLERANCE), text


FAR = (
    ("(V + 40) / tanh((V + 40) / 0.1)", lambda v: (v + 40) / mpmath.tanh((v + 40) * 10)),
    ("(V + 40) / sinh((V + 40) / 0.1)", lambda v: (v + 40) / mpmath.sinh((v + 40) * 10)),
    ("sinh((V + 40) / 0.1) / (V + 40)", lambda v: mpmath.sinh((v + 40) * 10) / (v + 40)),
    ("(V + 40) / (exp((V + 40) / 0.1) - exp(-(V + 40) / 0.1))", lambda v: (v + 40) / 2 / mpmath.sinh((v + 40) * 10)),
)


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_as_far_away_as_the_written_form_reaches(target: str, tmp_path: Path) -> None:
    """Where a factor overflows, the quotient still is what it is: nothing underflows times overflows."""
    lines = [f"r{index} [1] = {text}" for index, (text, _) in enumerate(FAR)]
    file = tmp_path / "far.ion"
    file.write_text("\n".join(["model far:", "state V = 0", "V' = 0", *lines, ""]))
    cell = iondsl.load(file).compile(target=target)
    voltages = np.arange(-110.0, 31.0)
    for index, (text, function) in enumerate(FAR):
        found = cell.evaluate([f"r{index}"], voltages[None, :])[0]
        with mpmath.workdps(50):
            exact = np.array([limit(function, voltage) for voltage in voltages])
        assert found == pytest.approx(exact, rel=TOLERANCE, abs=1e-300), text


def limit(function: Function, voltage: float) -> float:
    """The value in 50 digits; at the singular point itself the mean of both sides, 1e-30 away."""
    try:
        return float(function(mpmath.mpf(voltage)))
    except ZeroDivisionError:
        near = mpmath.mpf("1e-30")
        return float((function(voltage + near) + function(voltage - near)) / 2)


@pytest.mark.parametrize("scheme", ["forward_euler", "rush_larsen", "exponential_euler", "rk4"])
@pytest.mark.parametrize("target", ["numpy", "c"])
def test_no_bundled_model_is_nan_at_any_voltage(target: str, scheme: str) -> None:
    """One step from V = -150 ... 100 mV in steps of 0.01, which hits every singular voltage of the models."""
    voltages = np.arange(-15000, 10001) / 100
    for name in ("hodgkin_huxley_1952", "luo_rudy_1991", "wang_buzsaki_1996"):
        cell = iondsl.load(name).compile(scheme=scheme, target=target)
        state = cell.initial_state(len(voltages))
        state[0] = voltages
        cell.step(state, 0.0, 1e-6)
        assert np.isfinite(state).all()
