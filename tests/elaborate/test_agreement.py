"""What is not refused: units that agree, and bare numbers that may stand for anything."""

from __future__ import annotations

import pytest

from iondsl import pipeline
from iondsl.source import Source
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


def test_a_unit_that_is_stated_does_not_hide_mixed_terms() -> None:
    text = f"model mixed:\n{LINES}gate m:\n    inf = 0.5\n    tau [ms] = p + q\n"
    _, findings = pipeline.examine(Source("mixed.ion", text))
    assert [finding.message for finding in findings] == ["this is in [s], but what stands before `+` is in [ms]"]
