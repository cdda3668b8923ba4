"""W322: temperature factors in the rates of gates that have a `phi` which is one, too; other uses of T are none."""

from __future__ import annotations

import pytest

from tests.checks.lints import places

CELL = """
temperature = 36 [degC]
param Q = 2.3
tadj = q10(Q, 23 [degC])
function factor(Q, reference) = Q^((T - reference) / 10 [K])
RT_F [mV] = R * T / F
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
ion K:
    z = +1
    i = 140 [mM]
    o = 5 [mM]
current I_K carries K:
    param g = 1 [mS/cm^2]
    gate m:
{members}
    I = g * m * (V - K.E)
"""
PHI = "phi = q10(3, 36 [degC])"


def gate(*members: str) -> str:
    return CELL.format(members="\n".join(f"        {member}" for member in members))


@pytest.mark.parametrize(
    ("tau", "place"),
    [
        ("3 [ms] * 3^((309.15 [K] - T) / 10 [K])", "3^((309.15 [K] - T) / 10 [K])"),
        ("3 [ms] / q10(3, 36 [degC])", "q10(3, 36 [degC])"),
        ("3 [ms] * exp(-log(Q) * (T - 309.15 [K]) / 10 [K])", "exp(-log(Q) * (T - 309.15 [K]) / 10 [K])"),
        ("3 [ms] * exp(50 [kJ/mol] / (R * T) - 20)", "exp(50 [kJ/mol] / (R * T) - 20)"),
        ("3 [ms] / tadj", "tadj"),
        ("(3 + 2 * exp(V / 20)) / factor(Q, 309.15 [K])", "factor(Q, 309.15 [K])"),
        ("3 [ms] / phi", "phi"),
    ],
)
def test_a_factor_in_tau(tau: str, place: str) -> None:
    assert places("W322", gate("inf = 1 / (1 + exp(-V / 7))", f"tau = {tau}", PHI)) == [place]


def test_a_factor_in_rates_is_told_once() -> None:
    rates = ("alpha = tadj * 0.1 * exp(V / 20)", "beta = tadj * 0.1")
    assert places("W322", gate(*rates, PHI)) == ["tadj"]
    rates = ("alpha = eyring(60 [kJ/mol], T) in [1/ms]", "beta = 0.1")
    assert places("W322", gate(*rates, PHI)) == ["eyring(60 [kJ/mol], T)"]
    assert places("W322", gate("alpha = 0.1", "beta = slow", "slow [1/ms] = 0.1 * tadj", PHI)) == ["slow"]


def test_phi_that_depends_on_the_temperature_in_any_way() -> None:
    members = ("inf = 1 / (1 + exp(-V / 7))", "tau = 3 [ms] / tadj")
    assert places("W322", gate(*members, "phi = T / 310 [K]")) == ["tadj"]
    assert places("W322", gate(*members, "param phi = 3")) == []


@pytest.mark.parametrize(
    "members",
    [
        ("alpha = 0.1 * exp(V / RT_F)", "beta = 0.1 * exp(-V * F / (R * T))", PHI),
        ("alpha = 0.1 * exp((V - K.E) / 20)", "beta = 0.1 * exp(-K.E / 20 [mV])", PHI),
        ("inf = 1 / (1 + exp(-(V + 0.5 [mV/K] * (T - 310 [K])) / 7 [mV]))", "tau = 3 [ms]", PHI),
        ("inf = 1 / (1 + exp(-V / 7))", "tau = 3 [ms] / tadj"),
        ("inf = 1 / (1 + exp(-V / 7))", "tau = 3 [ms] / tadj", "phi = 3"),
        ("inf = 1 / (1 + exp(-V / 7))", "param tau = 3 [ms]", PHI),
        ("inf = 1 / (1 + exp(-V / 7))", "tau = 3 [ms] * Q^2", PHI),
    ],
)
def test_silent(members: tuple[str, ...]) -> None:
    assert places("W322", gate(*members)) == []


def test_a_name_that_is_no_temperature() -> None:
    lines = (
        "param T = 2\n"
        "gate m:\n    inf = 0.5\n    tau = 3 [ms] / 2^(T - 1)\n    phi = 3^T\n"
    )
    assert places("W322", lines) == []
