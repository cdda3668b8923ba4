"""What is not refused: units that agree, and bare numbers that may stand for anything."""

from __future__ import annotations

import pytest

from tests.elaborate.systems import meaning, units

LINES = """
membrane:
    state V = -65 [mV]
    C = 1 [pF]
param g = 10 [nS]
param to_nA = 0.001
param p = 1 [ms]
param q = 1 [s]
"""


@pytest.mark.parametrize(
    "value",
    [
        "10 [nS] * (V + 70 [mV]) in [nA]",
        "0.001 * g * (V + 70)",
        "to_nA * g * (V + 70)",
        "g * (V + 70) / 1000",
        "1e-3 [nA/pA] * g * (V + 70)",
        "0.1 * V + exp(V)",
        "V",
        "3",
    ],
)
def test_a_stated_unit_that_may_be_meant(value: str) -> None:
    assert units(meaning(f"{LINES}x [nA] = {value}\n"))["x"] == "nA"


@pytest.mark.parametrize(
    "tau",
    ["p + (q in [ms])", "0.1 * V + exp(V / 10)", "3 + 0.2 * V", "p + 3", "1 / (0.1 * V + exp(V / 10))", "p * exp(V)"],
)
def test_a_time_constant_whose_unit_is_known_or_bare(tau: str) -> None:
    assert units(meaning(f"{LINES}gate m:\n    inf = 0.5\n    tau = {tau}\n"))["m.tau"] == "ms"


def test_a_time_constant_of_mixed_units_with_its_own_stated() -> None:
    assert units(meaning(f"{LINES}gate m:\n    inf = 0.5\n    tau [ms] = p + q\n"))["m.tau"] == "ms"
