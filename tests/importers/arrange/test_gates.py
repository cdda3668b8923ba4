"""Which states are gates, in which form, and what becomes of the variables that they are made of."""

from __future__ import annotations

import pytest

from tests.importers.arrange.texts import arranged

STARTS = "m.V = -80\nm.x = 0.1"
POTENTIAL = "[m]\ndot(V) = -V\n    in [mV]\n    label membrane_potential\n"


def gate(equations: str, component: str = "c") -> list[str]:
    starts = f"p.V = -80\n{component}.x = 0.1"
    return arranged(starts, f"[p]\ndot(V) = -V\n    in [mV]\n    label membrane_potential\n[{component}]\n{equations}")


@pytest.mark.parametrize(
    "rate",
    ["(inf - x) / tau", "-(x - inf) / tau", "1 / tau * (inf - x)", "(x - inf) / -tau", "(1 / tau) * (inf - x)"],
)
def test_relaxing(rate: str) -> None:
    lines = gate(f"dot(x) = {rate}\ninf = 1 / (1 + exp(-p.V))\ntau = 2 + exp(p.V)\n")
    start = lines.index("gate x = 0.1:")
    assert lines[start + 1 : start + 3] == ["inf = 1 / (1 + exp(-V))", "tau = 2 + exp(V)"]


@pytest.mark.parametrize(
    "rate",
    ["a * (1 - x) - b * x", "(1 - x) * a - x * b", "-b * x + a * (1 - x)", "a * (1 - x) - (b * x)"],
)
def test_reacting(rate: str) -> None:
    lines = gate(f"dot(x) = {rate}\na = exp(-p.V)\nb = exp(p.V)\n")
    start = lines.index("gate x = 0.1:")
    assert lines[start + 1 : start + 3] == ["alpha = exp(-V) @c.a", "beta = exp(V) @c.b"]


def test_scaled_rates() -> None:
    lines = gate("dot(x) = phi * (a * (1 - x) - b * x) / 2\na = exp(-p.V)\nb = exp(p.V)\nphi = 3\n")
    assert "phi = phi / 2" not in lines
    assert "phi = c.phi / 2" in lines or "phi = phi_ / 2" in lines


def test_rates_that_stand_in_the_equation() -> None:
    lines = gate("dot(x) = 0.1 * exp(-p.V) * (1 - x) - x / 7\n")
    assert "alpha = 0.1 * exp(-V)" in lines
    assert "beta = 1 / 7" in lines


@pytest.mark.parametrize(
    "rate", ["(inf - x) * x / tau", "a * (1 - x) + b * x", "a * (2 - x) - b * x", "inf - x * x", "-(inf - x) / tau"]
)
def test_what_is_no_gate(rate: str) -> None:
    lines = gate(f"dot(x) = {rate}\na = exp(-p.V)\nb = exp(p.V)\ninf = a\ntau = b\n")
    assert "state x = 0.1" in lines
    assert not any(line.startswith("gate") for line in lines)


def test_a_state_with_a_unit_is_no_gate() -> None:
    lines = gate("dot(x) = (inf - x) / tau\n    in [mM]\ninf = 3 [mM]\ntau = 2 [ms]\n")
    assert "state x = 0.1 [mM]" in lines


def test_what_two_gates_share_stays_outside() -> None:
    text = "dot(x) = (s - x) / 2\ndot(y) = (s - y) / 3\ns = exp(p.V)\n"
    starts = "p.V = -80\nc.x = 0.1\nc.y = 0.2"
    lines = arranged(starts, f"[p]\ndot(V) = -V\n    in [mV]\n    label membrane_potential\n[c]\n{text}")
    assert lines.count("inf = s") == 2
    assert "s = exp(V)" in lines


def test_nested_variables_stay_in_their_gate() -> None:
    lines = gate("dot(x) = (inf - x) / tau\n    inf = 1 / (1 + q)\n    q = exp(p.V)\n    tau = 2\n")
    start = lines.index("gate x = 0.1:")
    assert lines[start + 1 : start + 4] == ["inf = 1 / (1 + q)", "param tau = 2", "q = exp(V)"] or lines[
        start + 1 : start + 4
    ] == ["inf = 1 / (1 + q)", "q = exp(V)", "param tau = 2"]


def test_a_gate_named_like_a_component() -> None:
    lines = arranged(
        "p.V = -80\nc.d = 0.1",
        "[p]\ndot(V) = -V\n    in [mV]\n    label membrane_potential\n[c]\ndot(d) = (d.k - d) / 2\n[d]\nk = 0.3\n",
    )
    assert "gate d_ = 0.1 @c.d:" in lines
    assert "inf = d.k" in lines


@pytest.mark.parametrize("current", ["fast", "Fast"])
def test_a_component_that_is_a_gate_of_another(current: str) -> None:
    """As CellML's components are called, which has no others."""
    lines = arranged(
        "p.V = -80\nfast_m_gate.m = 0.1",
        f"[p]\ndot(V) = -{current}.I\n    in [mV]\n    label membrane_potential\n"
        f"[{current}]\nI = fast_m_gate.m * p.V\n    in [A/F]\n"
        "[fast_m_gate]\ndot(m) = (m_inf - m) / 2\nm_inf = a / (a + 1)\na = exp(p.V)\n",
    )
    start = lines.index(f"current {current}:")
    assert lines[start + 1 : start + 6] == [
        "gate m = 0.1 @fast_m_gate.m:",
        "inf = a / (a + 1) @fast_m_gate.m_inf",
        "tau = 2",
        "a = exp(V)",
        "I [A/F] = m * V",
    ]
    assert not any(line.startswith("part fast_m_gate") for line in lines)


def test_variables_in_a_gate_that_would_be_members_of_it() -> None:
    rates = "    phi = 3\n    tau = phi\n    a = tau\n    b = 2 * a\n"
    lines = gate(f"dot(x) = q / 2 * (a * (1 - x) - b * x)\n{rates}q = 3\n")
    start = lines.index("gate x = 0.1:")
    inside = {line.partition(" =")[0] for line in lines[start + 1 :]}
    assert {"alpha", "beta", "phi", "param phi_", "tau_"} <= inside
    assert "tau" not in inside


def test_a_gate_that_would_be_the_shares_of_a_current() -> None:
    lines = arranged(
        "p.V = -80\nc.I = 0.1",
        "[p]\ndot(V) = -c.i\n    in [mV]\n    label membrane_potential\n"
        "[c]\ndot(I) = (0.5 - I) / 2\ni = I * p.V\n    in [A/F]\n",
    )
    assert {"gate I_ = 0.1 @c.I:", "I [A/F] = I_ * V @c.i"} <= set(lines)


def test_one_variable_that_is_two_members() -> None:
    lines = gate("dot(x) = r * (1 - x) - r * x\nr = 2 * exp(p.V)\n")
    assert {"alpha = 2 * exp(V) @c.r", "beta = alpha"} <= set(lines)
