"""The files that `iondsl new` writes: silent under check, and what they compute is what their sources say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

import numpy as np
import pytest

import iondsl
from iondsl import pipeline, starting
from iondsl.simulate.kernel import Array
from iondsl.source import Source
from tests.reference import beeler_reuter_1977
from tests.reference.integration import course
from tests.reference.numerics import crossings


def source(template: str) -> Source:
    return Source(f"{template}.ion", starting.beginning(template, f"my_{template}"))


@cache
def model(template: str) -> iondsl.Model:
    return iondsl.Model(source(template))


@pytest.mark.parametrize("template", starting.templates())
def test_nothing_to_say_about_it(template: str) -> None:
    system, findings = pipeline.examine(source(template))
    assert findings == ()
    assert system is not None
    assert system.name == f"my_{template}"


@pytest.mark.parametrize("template", starting.templates())
def test_what_it_says_of_itself(template: str) -> None:
    """A source, a text for every number that a run may set, and three commands to begin with."""
    assert len(model(template).citations) == 1
    silent = [each.name for each in (*model(template).parameters, *model(template).inputs) if not each.doc]
    assert set(silent) <= {"T"}
    assert [line.split()[1] for line in starting.commands(source(template).text)] == ["check", "run", "show"]


def linoid(x: float, k: float) -> float:
    """x/(exp(x/k) - 1)."""
    return float(x / np.expm1(x / k))


def neuron(state: Array, stimulus: float) -> Array:
    """Of V, m, h and n, as hh2.mod of ModelDB 123623 has the rates, with the numbers of its sPY_template."""
    V, m, h, n = state
    v = V + 55
    rates = (
        (0.32 * linoid(13 - v, 4), 0.28 * linoid(v - 40, 5)),
        (0.128 * np.exp((17 - v) / 18), 4 / (1 + np.exp((40 - v) / 5))),
        (0.032 * linoid(15 - v, 5), 0.5 * np.exp((10 - v) / 40)),
    )
    moved = [alpha * (1 - x) - beta * x for (alpha, beta), x in zip(rates, (m, h, n), strict=True)]
    currents = 50 * m**3 * h * (V - 50) + 5 * n**4 * (V + 100) + 0.1 * (V + 70)
    return np.array([stimulus - currents, *moved])


def test_the_neuron_fires() -> None:
    model_at_rest = [state.value for state in model("neuron").states]
    V = np.array(model_at_rest)
    assert model("neuron").derivatives(V, inputs={"I_app": 3.0}) == pytest.approx(neuron(V, 3.0), abs=1e-12)
    before = course(partial(neuron, stimulus=0), V, np.array([0.0, 10.0]))[:, -1]
    times = np.linspace(0, 80, 8001)
    expected = 10 + crossings(times, course(partial(neuron, stimulus=3), before, times)[0])
    result = model("neuron").compile(scheme="rk4", target="numpy").run(until=90, dt=0.01, every=0.01, protocol="step")
    assert len(expected) == 5
    assert crossings(result.time, result["V"][:, 0]) == pytest.approx(expected, abs=1e-3)


def test_its_parameters_and_temperature_are_read() -> None:
    """Twice the temperature factor, a shift of the threshold by 5 mV."""
    start = np.array([-50.0, 0.1, 0.4, 0.2])
    faster = model("neuron").derivatives(start, parameters={"T": 309.15 + 10 * np.log(2) / np.log(3)})
    assert faster[1:] == pytest.approx(2 * neuron(start, 0)[1:], rel=1e-12)
    shifted = model("neuron").derivatives(start + np.array([5, 0, 0, 0]), parameters={"V_T": -50.0})
    assert shifted[1:] == pytest.approx(neuron(start, 0)[1:], rel=1e-12)


def test_its_part_of_the_library_slows_it_down() -> None:
    """As a reader would, without the `# ` of these lines: the intervals between spikes grow, by a slow current."""
    text = source("neuron").text
    before, _, behind = text.partition("# use I_M")
    used = f"{before}use I_M{behind.replace('#     ', '    ', 2)}"
    _, findings = pipeline.examine(Source("neuron.ion", used))
    assert findings == ()
    cell = iondsl.Model(Source("neuron.ion", used)).compile(scheme="rk4", target="numpy")
    result = cell.run(until=90, dt=0.02, every=0.02, protocol="step")
    spikes = crossings(result.time, result["V"][:, 0])
    intervals = np.diff(spikes)
    assert 2 < len(spikes) < 5
    assert (np.diff(intervals) > 0).all()


def nernst(calcium: float) -> float:
    """Of calcium in mol/L, with 1.8 mM outside and at 29.2 degC, in mV."""
    return float(1000 * 8.314462618 * 302.35 / (2 * 96485.33212) * np.log(1.8e-3 / calcium))


def test_the_reversal_potential_of_calcium_is_that_of_the_paper() -> None:
    for calcium in (1e-7, 1e-6, 1e-5):
        assert nernst(calcium) == pytest.approx(beeler_reuter_1977.slow_reversal(calcium), abs=0.06)
    assert model("cardiac").equations["Ca.E"].value == pytest.approx(nernst(1e-7), rel=1e-10)


def test_the_cell_of_the_heart() -> None:
    """One action potential: its peak, plateau, length and calcium, against the paper's table of rates."""
    reference = partial(beeler_reuter_1977.derivatives, stimulus=0, E=nernst)
    start = np.array([-84.6, *beeler_reuter_1977.steady(-84.6), 1e-7])
    at_rest = course(reference, start, np.array([0.0, 50.0]), rtol=1e-10)[:, -1]
    paced = course(partial(reference, stimulus=25), at_rest, np.linspace(0, 2, 21))
    after = course(reference, paced[:, -1], np.linspace(0, 398, 3981))
    V, calcium = np.append(paced[0], after[0, 1:]), np.append(paced[-1], after[-1, 1:])

    cell = model("cardiac").compile(scheme="rk4", target="c")
    result = cell.run(until=450, dt=0.01, every=0.1, protocol="pace", record=("V", "Ca.i"))
    found = result["V"][500:, 0]
    assert np.abs(found - V).max() < 0.05  # in the upstroke; elsewhere a hundredth of that
    assert np.abs(found - V)[50:].max() < 2e-3
    assert result["Ca.i"][500:, 0] == pytest.approx(1000 * calcium, rel=1e-3)

    assert result["V"][499, 0] == pytest.approx(-84.6, abs=0.1)
    assert 20 < found.max() < 40
    assert found[2000] > -20  # the plateau after 200 ms
    assert 250 < len(found[found > -70]) / 10 < 350  # ms


def test_paced_fast_action_potentials_alternate() -> None:
    cell = model("cardiac").compile(scheme="rk4", target="c")
    result = cell.run(until=1000, dt=0.01, every=1, protocol="fast")
    first, second, third = (int((result["V"][k : k + 320] > -60).sum()) for k in (50, 383, 716))
    assert first - 30 > third > second + 10


def clamped(levels: Sequence[tuple[float, float]], V: float) -> list[float]:
    """The current of the channel, in uA/cm^2, at the end of each (level in mV, duration in ms)."""

    def gates(V: float) -> tuple[Array, Array]:
        tau_h = 1 / (np.exp((V + 46) / 5) + np.exp(-(V + 238) / 37.5)) if V < -63 else 19
        tau_m = 0.37 + 1 / (np.exp((V + 35.8) / 19.7) + np.exp(-(V + 79.7) / 12.7))
        inf = 1 / (1 + np.exp(-(V + 60) / 8.5)), 1 / (1 + np.exp((V + 78) / 6))
        return np.array(inf), np.array([tau_m, tau_h])

    found, x = [], gates(V)[0]
    for V, duration in levels:
        inf, tau = gates(V)
        x = inf + (x - inf) * np.exp(-duration / tau)
        found.append(float(30 * x[0] ** 4 * x[1] * (V + 90)))
    return found


ACTIVATION = [each for V in (-70, -50, -30, -10, 10, 30) for each in ((V, 5), (V, 95), (-100, 200))]
INACTIVATION = [each for V in (-110, -90, -70, -50) for each in ((V, 300), (0, 5), (0, 45))]


@pytest.mark.parametrize(
    ("protocol", "levels"), [("activation", [(-100.0, 50.0), *ACTIVATION]), ("inactivation", INACTIVATION)]
)
def test_the_channel_in_its_clamps(protocol: str, levels: Sequence[tuple[float, float]]) -> None:
    """In closed form. rush_larsen is exact at a held V; a sample holds the gates of its time with V of what follows."""
    ends = np.cumsum([duration for _, duration in levels])
    cell = model("channel").compile(scheme="rush_larsen", target="numpy")
    result = cell.run(until=ends[-1], dt=0.1, every=0.1, protocol=protocol, record=("I_A.m", "I_A.h"))
    rows = np.rint(ends / 0.1).astype(int)
    m, h = result["I_A.m"][rows, 0], result["I_A.h"][rows, 0]
    held = np.array([V for V, _ in levels])
    assert 30 * m**4 * h * (held + 90) == pytest.approx(clamped(levels, -100), rel=1e-9)


def test_the_channel_opens_and_inactivates() -> None:
    outward = clamped([(-100.0, 50.0), *ACTIVATION], -100)[1::3]
    assert sorted(outward) == outward
    left = clamped(INACTIVATION, -100)[1::3]
    assert [current / left[0] for current in left] == pytest.approx([1, 0.9, 0.2, 0.01], abs=0.08)
