"""A gate in each of its forms: state or equation, steady state, time constant, units, phi."""

from __future__ import annotations

import math

import pytest

from iondsl.formatter import text
from iondsl.system import Kind
from tests.elaborate.systems import formula, meaning, named, of_kind, units, valid, value

GATES = valid("gates")


def test_instantaneous_gates_are_equations() -> None:
    assert {gate.name: gate.instantaneous for gate in GATES.gates} == {
        "rates": False,
        "relaxing": False,
        "scaled": False,
        "seconds": False,
        "slow": False,
        "follows": True,
        "at_once": True,
        "rates_at_once": True,
        "with_rates": False,
    }
    assert of_kind(GATES, Kind.STATE) == ["V", "rates", "relaxing", "scaled", "seconds", "slow", "with_rates"]


@pytest.mark.parametrize(
    ("gate", "written"),
    [
        ("rates'", "rates.phi * (rates.alpha * (1 - rates) - rates.beta * rates)"),
        ("relaxing'", "(relaxing.inf - relaxing) / relaxing.tau"),
        ("scaled'", "(scaled.inf - scaled) / scaled.tau"),
        ("rates.inf", "rates.alpha / (rates.alpha + rates.beta)"),
        ("rates.tau", "1 / (rates.phi * (rates.alpha + rates.beta))"),
        ("follows", "follows.inf"),
        ("rates_at_once.inf", "rates_at_once.alpha / (rates_at_once.alpha + rates_at_once.beta)"),
        ("scaled.tau", "8 [ms] / scaled.phi"),
    ],
)
def test_derived_equations(gate: str, written: str) -> None:
    assert text(formula(GATES, gate).written) == written
    assert formula(GATES, gate).origin


def test_written_members_have_no_origin() -> None:
    assert formula(GATES, "rates.alpha").origin == formula(GATES, "relaxing.tau").origin == ""


def test_initial_value() -> None:
    """As given, else the steady state at the initial values."""
    alpha = 0.1 * math.exp(-3)
    assert value(GATES, "relaxing") == 0.05
    assert formula(GATES, "relaxing").origin == ""
    assert value(GATES, "rates") == pytest.approx(alpha / (alpha + 0.3), rel=1e-15)
    assert formula(GATES, "rates").origin == "steady state"
    assert value(GATES, "scaled") == 0.25


def test_phi() -> None:
    """It multiplies the rates and divides tau, also a written one; the steady state is without it."""
    phi = 3 ** ((293.15 - 283.15) / 10)
    assert value(GATES, "scaled.tau") == pytest.approx(8 / phi, rel=1e-15)
    assert value(GATES, "scaled'", scaled=0.75) == pytest.approx((0.25 - 0.75) * phi / 8, rel=1e-15)
    assert value(GATES, "rates.tau") == pytest.approx(1 / (2 * (0.1 * math.exp(-3) + 0.3)), rel=1e-15)


@pytest.mark.parametrize(
    ("gate", "at", "rate"),
    [
        ("seconds", 0.5, 0.2 * 0.5 - 0.3 * 0.5),
        ("slow", 0.0, 0.5 / 20),
        ("with_rates", 0.0, 0.2 * 0.5),
        ("relaxing", 0.0, (1 / (1 + math.exp(6))) / (4 + 1 / math.cosh(2))),
    ],
)
def test_rate(gate: str, at: float, rate: float) -> None:
    """Per ms, whatever units the author states."""
    assert value(GATES, f"{gate}'", **{gate: at}) == pytest.approx(rate, rel=1e-14)


def test_values_of_instantaneous_gates() -> None:
    assert value(GATES, "follows") == 0.5
    assert value(GATES, "at_once") == 0.125
    assert value(GATES, "rates_at_once") == 0.25


def test_units_of_members() -> None:
    found = units(GATES)
    assert [found[f"rates.{member}"] for member in ("alpha", "beta", "phi", "inf", "tau")] == [
        *("1/ms", "1/ms", "1", "1", "ms"),
    ]
    assert found["seconds.alpha"] == "1/s"
    assert found["slow.tau"] == "s"
    assert found["rates"] == found["follows"] == "1"


def test_rates_beside_inf_and_tau_have_no_known_unit() -> None:
    """`alpha` and `beta` are ordinary quantities there."""
    gate = "gate m:\n    inf = alpha / 4\n    tau = beta * 1 [ms]\n    alpha = 2\n    beta = 3\n"
    system = meaning(f"state V = 1\nV' = 0\n{gate}")
    assert units(system)["m.alpha"] == "1"


def test_members_are_readable_from_outside() -> None:
    assert text(formula(GATES, "open").written) == "rates * relaxing + rates.inf * scaled.tau / 1 [ms] + follows"


def test_texts_and_blocks() -> None:
    assert named(GATES, "rates").doc == "by its rates"
    assert named(GATES, "rates.inf").block == "rates"
    assert named(valid("scopes"), "I_Na.m").block == "I_Na"


SET = "gate m = 0.25:\n    inf = 0.5\n    param tau = 3 [ms]\n    param phi = 2\n"


def test_tau_that_a_run_sets_stays_as_declared() -> None:
    """`phi` enters the equation instead of the parameter."""
    system = meaning(SET)
    assert text(formula(system, "m'").written) == "m.phi * (m.inf - m) / m.tau"
    assert value(system, "m.tau") == 3
    assert value(system, "m'") == pytest.approx(2 * 0.25 / 3, rel=1e-15)
    assert of_kind(system, Kind.PARAMETER) == ["m.tau", "m.phi"]


def test_a_set_tau_beside_a_phi_that_is_derived() -> None:
    """Nothing but the parameter's own value is in it, so it stays one."""
    system = meaning(SET.replace("param phi = 2", "phi = q10(3, 10 [degC])") + "temperature = 20 [degC]\n")
    assert value(system, "m'") == pytest.approx(3 * 0.25 / 3, rel=1e-14)
