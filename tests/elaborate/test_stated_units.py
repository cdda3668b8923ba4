"""Units that an author states for rates, time constants and derivatives are converted, never dropped."""

from __future__ import annotations

import pytest

import iondsl
from iondsl import pipeline
from iondsl.source import Source

GATE = """model stated:
    "A gate and a pool, in two units of time."
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current I_K:
    param g = 1 [mS/cm^2]
    gate n = 0.1:
{gate}
    I = g * n * (V + 77 [mV])
state c = 2 [mM]
{derivative}
"""

FORMS = [
    ("inf = 0.5|tau = 5", "inf = 0.5|tau = 0.005 [s]"),
    ("inf = 0.5|tau = 5", "inf = 0.5|tau [us] = 5000"),
    ("alpha = 0.2|beta = 0.1", "alpha [1/s] = 200|beta = 0.1"),
    ("alpha = 0.2|beta = 0.1", "alpha = 200 [1/s]|beta [1/s] = 100"),
    ("inf = 0.5|tau = 5|phi = 3", "inf = 0.5|tau = 0.005 [s]|phi = 3"),
    ("inf = 0.5|tau = 5", "inf = 0.5|tau = 2 * tau_0|param tau_0 = 0.0025 [s]"),
    ("alpha = 0.2|beta = 0.1", "alpha = 1 / tau_0|beta = 0.1|param tau_0 = 0.005 [s]"),
]


def model(gate: str, derivative: str = "c' = -0.5") -> Source:
    lines = "\n".join(f"        {line}" for line in gate.split("|"))
    return Source("stated.ion", GATE.format(gate=lines, derivative=derivative))


def rates(source: Source) -> dict[str, float]:
    return {each.name: each.value for each in iondsl.Model(source).equations if each.name.endswith("'")}


@pytest.mark.parametrize(("bare", "stated"), FORMS)
def test_a_gate_is_as_fast_as_it_is_stated_to_be(bare: str, stated: str) -> None:
    assert rates(model(stated))["I_K.n'"] == pytest.approx(rates(model(bare))["I_K.n'"], rel=1e-14)


@pytest.mark.parametrize("stated", ["c' [mM/s] = -500", "c' [uM/ms] = -500", "c' [M/s] = -0.5", "c' [mM/ms] = -0.5"])
def test_a_derivative_in_another_unit(stated: str) -> None:
    assert rates(model("inf = 0.5|tau = 5", stated))["c'"] == pytest.approx(-0.5, rel=1e-14)


@pytest.mark.parametrize("wrong", ["c' [mV/ms] = 1", "c' [mM] = 1"])
def test_a_derivative_in_a_unit_of_something_else(wrong: str) -> None:
    _, findings = pipeline.examine(model("inf = 0.5|tau = 5", wrong))
    assert [finding.code for finding in findings] == ["E402"]


def test_initial_values_may_use_each_other() -> None:
    states = "state x = b / 2\nx' = -x / 1 [ms]\nstate y = 2 * x + z\ny' = 0\n"
    text = f'model chain:\n    "x"\nparam b = 3\n{states}z = x^2\n'
    found = iondsl.Model(Source("chain.ion", text)).states
    assert [state.value for state in found] == [1.5, 5.25]
