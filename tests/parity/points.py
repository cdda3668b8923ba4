"""Where models are compared: at the initial state, and at five others around it, the same ones every time."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import myokit
from mpmath import mp

from tests.parity import exact
from tests.parity.rounding import UndefinedError

# Potentials move by these, in mV: from below rest through the thresholds of conditions like V < -40 up to a plateau.
SHIFTS = (-11.0, 7.0, 23.0, 47.0, 83.0)
SHARE = 0.05  # everything else by up to this part of itself
VOLT = {"[mV]": 1.0, "[V]": 1e-3}


def states(model: myokit.Model) -> list[dict[str, str]]:
    """The initial state and perturbed ones, by name, as decimals."""
    initial = exact.initial_state(model)
    return [initial, *(perturbed(model, initial, number) for number in range(len(SHIFTS)))]


def perturbed(model: myokit.Model, initial: Mapping[str, str], number: int) -> dict[str, str]:
    random = Random(f"point {number}")
    found = {}
    for state in model.states():
        old, drawn = float(initial[state.qname()]), random.random()
        size = potential_unit(state, old)
        new = old + size * (SHIFTS[number] + drawn) if size else moved(old, drawn)
        found[state.qname()] = f"{new:.10g}"
    return found


def potential_unit(state: Any, value: float) -> float:
    """A millivolt in the units of this state, 0 if it is not a potential."""
    named = state.label() == "membrane_potential" or state.name() in ("V", "Vm", "v")
    unit = str(state.unit())
    if unit in VOLT or (named and unit in ("None", "[1]")):
        return VOLT.get(unit, 1e-3 if abs(value) < 0.2 else 1.0)
    return 0.0


def moved(value: float, drawn: float) -> float:
    """By up to SHARE either way; away from 0, and from 1 only downwards, as a gate or an occupancy must."""
    if value == 0:
        return 0.01 * drawn
    if 0.5 < value <= 1:
        return value * (1 - SHARE * drawn)
    return value * (1 + SHARE * (2 * drawn - 1))


def evaluated(
    model: myokit.Model, where: list[dict[str, str]], time: str = "0", pace: str = "0"
) -> list[dict[str, Any]]:
    """Records of states, derivatives and noise. A point at which the file has no value says so instead."""
    found: list[dict[str, Any]] = []
    for each in where:
        try:
            rates = exact.derivatives(model, each, time, pace)
        except UndefinedError as error:
            found.append({"states": each, "undefined": str(error)})
            continue
        unbounded = [name for name, rate in rates.items() if not mp.isfinite(rate.value)]
        if unbounded:
            found.append({"states": each, "undefined": f"infinite: {', '.join(unbounded)}"})
            continue
        values = {name: exact.digits(rate.value) for name, rate in rates.items()}
        noise = {name: exact.digits(rate.error, 3) for name, rate in rates.items()}
        found.append({"states": each, "derivatives": values, "noise": noise})
    return found
