"""Gates of fast kernels: the step of every gate is wrong by no more than was proven, and stays exact elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from iondsl import pipeline
from iondsl.assumed import Range
from iondsl.errors import UsageError
from iondsl.options import Options
from iondsl.passes import live, singularities
from iondsl.passes._proofs import TOLERANCE, Proof, proofs
from iondsl.schedule import schedule
from iondsl.simulate.cell import Cell
from iondsl.source import Source
from iondsl.step import Step

GATES = """\
model gates:
temperature = 10 [degC]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
param Q10 = 3
param v_half = -30 [mV]
state Ca = 1e-4 [mM]
Ca' = (1e-4 [mM] - Ca) / 20 [ms]
current I:
    param g = 1 [mS/cm^2]
    param E = -60 [mV]
    gate rates:
        alpha = 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10))
        beta  = 4 * exp(-(V + 65) / 18)
        phi   = q10(Q10, 6.3 [degC])
    gate relaxed:
        inf = 1 / (1 + exp(-(V - v_half) / 5 [mV]))
        tau = 3 [ms] + 2 [ms] / cosh(V / 30 [mV])
    gate branched:
        inf = 0.5 if V > -40 [mV] else 1
        tau = 2 [ms] if V > -40 [mV] else 0.5 [ms]
    gate constant:
        inf = 0.25
        tau = 7 [ms]
    gate steep:
        inf = 1
        tau = 0.001 [ms]
    gate by_calcium:
        inf = 0.5
        tau = 1 [ms] + 1 [ms] * Ca / 1 [mM]
    gate driven:
        inf = 0.5
        tau = 1 [ms] + 1 [ms] * push
    I = g * rates * relaxed * branched * constant * steep * by_calcium * driven * (V - E)
input push = 0
"""
MODELS = ("hodgkin_huxley_1952", "luo_rudy_1991", "beeler_reuter_1977", "ten_tusscher_2006")


def source(text: str) -> Source:
    return Source("gates.ion", text) if "\n" in text else pipeline.source_of(text)


def proven(text: str, *ranges: str, dt: str = "0.01", scheme: str = "rush_larsen") -> dict[str, Proof]:
    options = Options(scheme, fast=True, ranges=ranges, dt=dt)
    step = schedule(pipeline.model_of(pipeline.resolve(source(text))), options)
    assert step.assumed is not None
    found = proofs(singularities.rewrite(live.rewrite(step)), step.assumed)
    return {str(each.decay.gate).rpartition(".")[2]: each for each in found}


def optimised(text: str, *ranges: str) -> Step:
    options = Options(fast=True, ranges=ranges)
    return pipeline.step_of(pipeline.model_of(pipeline.resolve(source(text))), options)


def cells(text: str, *ranges: str, dtype: str = "float64", scheme: str = "rush_larsen") -> tuple[Cell, Cell]:
    exact = Options(scheme, "numpy", dtype)
    fast = Options(scheme, "numpy", dtype, fast=True, ranges=ranges)
    return pipeline.cell_of(source(text), exact), pipeline.cell_of(source(text), fast)


def test_which_gates_are_polynomials_and_why_the_others_are_not() -> None:
    found = proven(GATES)
    degrees = {name: each.relaxation and each.relaxation.degree for name, each in found.items()}
    assert degrees == {
        "rates": 7, "relaxed": 2, "branched": 3, "constant": 2, "steep": None, "by_calcium": None, "driven": None,
    }  # fmt: skip
    assert {name: each.reason for name, each in found.items() if each.reason} == {
        "steep": "dt/tau may come to 10, too much for degree 9",
        "by_calcium": "its rate depends on `Ca`, of which no range is known",
        "driven": "its rate depends on `push`, of which no range is known",
    }


def test_ranges_and_steps_decide() -> None:
    assert proven(GATES, "Ca=0:1")["by_calcium"].relaxation is not None
    assert proven(GATES, "Ca=-2:1")["by_calcium"].reason == "nothing bounds its rate"
    wide, narrow = (proven(GATES, limits)["rates"].relaxation for limits in ("V=-120:80", "V=-80:40"))
    assert wide is not None
    assert narrow is not None
    assert wide.degree > narrow.degree
    assert proven(GATES, dt="0.1")["rates"].relaxation is None
    assert proven(GATES, dt="1[us]")["steep"].relaxation is not None


def test_what_a_proof_uses_is_all_that_is_assumed() -> None:
    assumed = optimised(GATES, "Q10=2:3").assumed
    assert assumed is not None
    assert assumed.dt == 0.01
    assert {*assumed.ranges} == {
        *(Range("V", -120, 80), Range("T", 283.15, 283.15), Range("Q10", 2, 3)),
        Range("v_half", -60, -15),  # of the argument of an exponential
    }


def test_what_is_asked_for_is_assumed_whether_a_proof_uses_it_or_not() -> None:
    assumed = optimised(GATES, "I.rates=0:0.5").assumed
    assert assumed is not None
    assert Range("I.rates", 0, 0.5) in assumed.ranges


@pytest.mark.parametrize("name", [GATES, *MODELS], ids=("gates", *MODELS))
def test_one_step_of_every_gate_errs_by_no_more_than_was_proven(name: str) -> None:
    """From many V and gates at random, beside the exact kernel; all else errs by what exponentials do."""
    exact, fast = cells(name)
    errors = {each.decay.row: each.relaxation.error for each in proven(name).values() if each.relaxation is not None}
    assert len(errors) > 2
    generator = np.random.default_rng(1)
    start = exact.initial_state(2000)
    for row in errors:
        start[row] = generator.uniform(0, 1, 2000)
    potential = [column.name for column in exact.states].index("V")
    start[potential] = generator.uniform(-120, 80, 2000)
    one, two = start.copy(), start.copy()
    exact.step(one, 0.0, 0.01)
    fast.step(two, 0.0, 0.01)
    for row, column in enumerate(exact.states):
        largest = np.abs(one[row] - two[row]).max()
        assert largest <= errors.get(row, 0.0) + 1e-12 * np.abs(one[row]).max(), column.name


def test_a_second_of_firing_ends_where_the_exact_kernel_does() -> None:
    """68 spikes: between them V and gates go through all of their range, and errors through the upstroke."""
    names = ("V", "I_Na.m", "I_Na.h", "I_K.n")
    exact, fast = (
        pipeline.cell_of(source("hodgkin_huxley_1952"), Options(fast=asked)).run(
            until=1000, record=names, inputs={"I_app": 10.0}
        )
        for asked in (False, True)
    )
    above = exact["V"][:, 0] > 0
    assert np.count_nonzero(above[1:] > above[:-1]) == 68
    assert np.abs(exact["V"] - fast["V"]).max() < 3e-6
    for name in names[1:]:
        assert 0 < np.abs(exact[name] - fast[name]).max() < 20 * TOLERANCE


def test_float32() -> None:
    exact, fast = cells("hodgkin_huxley_1952", dtype="float32")
    one, two = (each.run(until=20, inputs={"I_app": 10.0}) for each in (exact, fast))
    assert np.abs(one["V"] - two["V"]).max() < 0.05


def test_schemes_without_exact_steps_have_no_such_gates() -> None:
    assert not proven(GATES, scheme="rk4")


@pytest.mark.parametrize(("text", "message"), [
    ("V", "`V` is no range: write NAME=LOW:HIGH, as in `V=-120[mV]:80[mV]`"),
    ("V=3", "`V=3` is no range: write NAME=LOW:HIGH, as in `V=-120[mV]:80[mV]`"),
    ("V=60:-120", "`V=60:-120` holds nothing: the lower end comes first"),
    ("V=1[nA]:3[nA]", "`V`: it is measured in [mV], and [nA] has another dimension"),
    ("W=1:3", "unknown state or parameter `W`"),
    ("I.gg=1:3", "unknown state or parameter `I.gg`: did you mean `I.g`?"),
    ("push=1:3", "`push` is neither a state nor a parameter: gates that depend on an input stay exact"),
    ("temperature=1:3", "`temperature` needs its unit: `temperature=1[degC]:3[degC]`, or [K]"),
])
def test_ranges_that_are_none(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        proven(GATES, text)
    assert str(caught.value) == message


def test_units_of_ranges() -> None:
    texts = ("V=-0.1[V]:40[mV]", "V=-100:40", "V=-100:40[mV]", "V = -100 [mV] : 40 [mV]")
    for text in texts:
        assert proven(GATES, text)["rates"].ranges[0] == Range("V", -100, 40)
    with pytest.raises(UsageError, match="`V` has two ranges"):
        proven(GATES, *texts[:2])
    with pytest.raises(UsageError, match="ask for one with `fast`"):
        Options(dt="0.1")
