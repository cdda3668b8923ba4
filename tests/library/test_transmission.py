"""Release, conductances of a given course, and gap junctions of `models/synapses/`, in cells of two compartments."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import iondsl
from tests.library.cells import model, states
from tests.reference.models import Array

PRE = """
compartment pre:
    membrane:
        state V = -65 [mV]
        C = 50 [pF]
compartment post:
    membrane:
        state V = -65 [mV]
        C = 100 [pF]
    current I_leak:
        I = 10 [nS] * (V + 65 [mV])
"""
CLAMP = """
protocol spikes:
    clamp pre.V = steps(-65 [mV], 2 [ms], 30 [mV], 3 [ms], -65 [mV], 12 [ms], 30 [mV], 13 [ms], -65 [mV])
"""
RELEASE = f"""{PRE}
    use release from synapses.release:
        V_pre = pre.V
    use pulse from synapses.release:
        V_pre = pre.V
    use I_AMPA from synapses.destexhe_1998:
        transmitter = pulse.T
{CLAMP}"""
CONDUCTANCES = PRE + "".join(
    f"    use {name} from synapses.exponential:\n        V_pre = pre.V\n" for name in ("I_exp", "I_alpha", "I_exp2")
) + CLAMP
# Membranes per area, of different areas; what leaves one enters the other, which the law proves for all conductances.
GAP = """
param g_gap = 2 [nS]
compartment one:
    membrane:
        state V = -80 [mV]
        C = 1 [uF/cm^2]
        area = 1000 [um^2]
    use I_gap from synapses.gap_junction:
        V_other = other.V
        g = g_gap
compartment other:
    membrane:
        state V = -20 [mV]
        C = 1.5 [uF/cm^2]
        area = 4000 [um^2]
    use I_gap from synapses.gap_junction:
        V_other = one.V
        g = g_gap
conserved Q =
    (one.membrane.C * one.membrane.area * one.V + other.membrane.C * other.membrane.area * other.V) in [fC]
"""


@cache
def ran(text: str, until: float) -> iondsl.Result:
    """Under the clamp of `pre`, with all that is in `post`."""
    cell = model(text)
    names = [each for each in (*cell.states.names, *cell.equations.names) if each.startswith("post.")]
    compiled = cell.compile(scheme="rk4", target="numpy")
    return compiled.run(until=until, dt=0.02, every=0.1, protocol="spikes", record=names)


def since(times: Array, spike: float) -> Array:
    return np.asarray(np.clip(times - spike, 0, None))


def test_release_at_20_potentials() -> None:
    """T_max/(1 + exp(-(V - V_p)/K_p)), Destexhe et al. (1994)."""
    cell = model(RELEASE)
    V = np.linspace(-80, 60, 20)
    found = cell.evaluate("post.release.T", states(cell, {"pre.V": V}))
    assert found == pytest.approx(1 / (1 + np.exp(-(V - 2) / 5)), rel=1e-13)


def test_a_pulse_follows_each_spike() -> None:
    result = ran(RELEASE, 20)
    inside = (result.time > 2.05) & (result.time < 2.95) | (result.time > 12.05) & (result.time < 12.95)
    outside = (result.time < 1.95) | (result.time > 3.05) & (result.time < 11.95) | (result.time > 13.05)
    assert (result["post.pulse.T"][inside] == 1).all()
    assert (result["post.pulse.T"][outside] == 0).all()


def test_a_spike_opens_what_the_cell_binds() -> None:
    """The receptors of `post` read the transmitter that `pre` releases, and depolarize it."""
    result = ran(RELEASE, 20)
    r = result["post.I_AMPA.r"][:, 0]
    peak = 1.1 / 1.29 * (1 - np.exp(-1.29))
    assert r[result.time.searchsorted(3 - 1e-9)] == pytest.approx(peak, rel=1e-6)
    assert r[result.time.searchsorted(11 - 1e-9)] == pytest.approx(peak * np.exp(-0.19 * 8), rel=1e-6)
    assert result["post.V"].max() > -64


def test_exponential_synapse() -> None:
    result = ran(CONDUCTANCES, 30)
    times = result.time
    expected = sum(np.where(times >= spike, np.exp(-since(times, spike) / 5), 0) for spike in (2, 12))
    assert result["post.I_exp.s"][:, 0] == pytest.approx(expected, rel=1e-8)
    assert result["post.I_exp"][:, 0] == pytest.approx(expected * result["post.V"][:, 0], rel=1e-8)


def test_alpha_synapse() -> None:
    """Its peak is 1, after tau = 2 ms."""
    result = ran(CONDUCTANCES, 30)
    expected = sum(since(result.time, spike) / 2 * np.exp(1 - since(result.time, spike) / 2) for spike in (2, 12))
    found = result["post.I_alpha.s"][:, 0]
    assert found == pytest.approx(expected, rel=1e-8)
    first = result.time < 12
    assert found[first].max() == pytest.approx(1, rel=1e-9)
    assert result.time[found[first].argmax()] == pytest.approx(4)


def test_synapse_with_rise_and_decay() -> None:
    """The difference of two exponentials, scaled to a peak of 1; 0.5 and 5 ms put it at 1.279 ms."""
    result = ran(CONDUCTANCES, 30)
    fine = np.linspace(0, 10, 100001)
    scale = 1 / (np.exp(-fine / 5) - np.exp(-fine / 0.5)).max()
    after = [since(result.time, spike) for spike in (2, 12)]
    expected = sum(scale * (np.exp(-each / 5) - np.exp(-each / 0.5)) for each in after)
    assert result["post.I_exp2.s"][:, 0] == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_a_gap_junction_conserves_charge() -> None:
    """`check` proves it; the potentials approach each other with g (1/C_1 + 1/C_2)."""
    cell = model(GAP)
    assert cell.conserved["Q"].proof
    compiled = cell.compile(scheme="rk4", target="numpy")
    result = compiled.run(until=40, dt=0.02, every=0.5, record=["one.V", "other.V", "Q"])
    charge = result["Q"][:, 0]
    assert charge == pytest.approx(10 * -80 + 60 * -20, rel=1e-13)
    apart = (result["other.V"] - result["one.V"])[:, 0]
    assert apart == pytest.approx(60 * np.exp(-result.time * 2 * (1 / 10 + 1 / 60)), rel=1e-8)


def test_a_junction_per_area() -> None:
    """Its conductance in the other cell is in proportion to the areas."""
    text = GAP.replace("I_gap", "I_link").replace("= 2 [nS]", "= 0.2 [mS/cm^2]")
    one, other = text.rsplit("g = g_gap", 1)
    cell = model(f"{one}g = g_gap * one.membrane.area / other.membrane.area{other}")
    assert cell.evaluate(["one.I_link", "other.I_link"]) == pytest.approx([0.2 * -60, 0.05 * 60], rel=1e-14)
    assert cell.conserved["Q"].proof
