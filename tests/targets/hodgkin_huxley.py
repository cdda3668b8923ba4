"""The Hodgkin-Huxley model as a hand-made Step: what a target prints, without the stages before it.

Equations and numbers: Hodgkin and Huxley, J Physiol 117:500 (1952), with the resting potential at -65 mV.
Added: a temperature that two parameters follow, one through the other, an input that blocks the sodium
current, and names that are words of C and of Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import nan

from sympy import Dummy, Expr, Symbol, evaluate, exp

from iondsl.algebra import expm1, exprel
from iondsl.step import Assignment, Computed, Layout, Routine, Sample, Step

PARAMETERS = {
    "membrane.C": 1.0,
    "I_Na.g": 120.0,
    "Na.E": 50.0,
    "I_K.g": 36.0,
    "K.E": -77.0,
    "I_leak.g": 0.3,
    "E": -54.387,
    "T": 279.45,
    "lambda": nan,
    "I": nan,
}
INPUTS = {"I_app": 0.0, "block": 0.0}
OBSERVABLES = ("I_Na", "I_K", "I_leak", "V'", "I_app")
UNITS = {"V": "mV", "I_Na.g": "mS/cm^2"}


def quantity(name: str) -> Symbol:
    return Symbol(name, real=True)


V, m, h, n = map(quantity, ("V", "m", "h", "n"))
QUANTITIES = {name: quantity(name) for name in (*PARAMETERS, *INPUTS)}
TIME, DT = Dummy("t", real=True), Dummy("dt", real=True)


def hodgkin_huxley(scheme: str, varied: Iterable[str] = ()) -> Step:
    """Under `forward_euler` or `rush_larsen`; every cell has its own of the parameters and inputs `varied`."""
    readings = {name: quantity(f"{name}~0") for name in INPUTS}
    with evaluate(False):
        return Step(
            name="hodgkin_huxley_1952",
            layout=Layout(("V", "m", "h", "n"), tuple(PARAMETERS), tuple(INPUTS), OBSERVABLES),
            time=TIME,
            dt=DT,
            states=(V, m, h, n),
            parameters=tuple(QUANTITIES[name] for name in PARAMETERS),
            inputs=tuple(QUANTITIES[name] for name in INPUTS),
            defaults=tuple(PARAMETERS.values()),
            computed=(
                Computed(9, 3.0 ** ((QUANTITIES["T"] - 279.45) / 10)),
                Computed(8, QUANTITIES["I"] * 1.0),
            ),
            input_defaults=tuple(INPUTS.values()),
            offsets=(Fraction(0),),
            samples=tuple(Sample(symbol, index, Fraction(0)) for index, symbol in enumerate(readings.values())),
            initial=initial(),
            advance=advance(scheme, readings),
            observe=observe(),
            varied=frozenset(QUANTITIES[name] for name in varied),
        )


def initial() -> Routine:
    """Rest: the gates at their steady state for V = -65."""
    start = quantity("V~start")
    gates = (a / (a + b) for a, b in rates(start).values())
    return Routine((Assignment(start, -65.0 + 0 * QUANTITIES["E"]),), (), (start, *gates))


def advance(scheme: str, readings: Mapping[str, Symbol]) -> Routine:
    per_capacitance = quantity("~1")
    hoisted = (Assignment(per_capacitance, DT / QUANTITIES["membrane.C"]),)
    assignments, total = currents(readings)
    phi = QUANTITIES["lambda"]
    if scheme == "rush_larsen":
        gates = [x - (a / (a + b) - x) * expm1(-DT * (phi * (a + b))) for x, (a, b) in rates(V).items()]
    else:
        gates = [x + DT * (phi * (a * (1 - x) - b * x)) for x, (a, b) in rates(V).items()]
    return Routine(hoisted, assignments, (V + per_capacitance * (readings["I_app"] - total), *gates))


def observe() -> Routine:
    assignments, total = currents(QUANTITIES)
    slope = Assignment(quantity("V'"), (QUANTITIES["I_app"] - total) / QUANTITIES["membrane.C"])
    shown = (*(assignment.target for assignment in assignments), slope.target, QUANTITIES["I_app"])
    return Routine((), (*assignments, slope), shown)


def currents(inputs: Mapping[str, Symbol]) -> tuple[tuple[Assignment, ...], Expr]:
    """The three currents, and their sum."""
    q = QUANTITIES
    values = {
        "I_Na": q["I_Na.g"] * (m * m * m) * h * (V - q["Na.E"]) * (1 - inputs["block"]),
        "I_K": q["I_K.g"] * ((n * n) * (n * n)) * (V - q["K.E"]),
        "I_leak": q["I_leak.g"] * (V - q["E"]),
    }
    assignments = tuple(Assignment(quantity(name), value) for name, value in values.items())
    sodium, potassium, leak = (assignment.target for assignment in assignments)
    return assignments, sodium + potassium + leak


def rates(V: Expr) -> dict[Symbol, tuple[Expr, Expr]]:
    """alpha and beta of each gate, without their 0/0: x/(1 - exp(-x)) is 1/exprel(-x)."""
    return {
        m: (1 / exprel(-(V + 40) / 10), 4 * exp(-(V + 65) / 18)),
        h: (0.07 * exp(-(V + 65) / 20), 1 / (1 + exp(-(V + 35) / 10))),
        n: (0.1 / exprel(-(V + 55) / 10), 0.125 * exp(-(V + 65) / 80)),
    }
