"""Gates whose steady state and rate take one division, and those that keep theirs."""

from __future__ import annotations

import numpy as np
import pytest

from iondsl import pipeline
from iondsl.analysis.operations import counted
from iondsl.options import Options
from iondsl.passes import stages
from iondsl.schedule import schedule
from iondsl.source import Source
from iondsl.step import Step
from tests.passes.numbers import at_defaults, outputs

MODEL = """\
model gated:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current I:
    g = 1 [mS/cm^2]
    param shift = 0 [mV]
    gate m:
        alpha = {alpha} / 1 [ms]
        beta = {beta} / 1 [ms]
    seen = {seen}
    I = g * m * seen * (V + 60 [mV])
"""
LOGISTIC = "1 / (1 + exp(-(V + {0} [mV]) / 10 [mV]))"
EXPONENTIAL = "0.1 * exp(-V / 20 [mV])"
SINGULAR = "0.1 * (V + 40 [mV]) / (1 [mV] - 1 [mV] * exp(-(V + 40 [mV]) / 10 [mV]))"
STEEP = "exp(V / 1 [mV]) / (1 + exp(V / 1.5 [mV]))"
SHIFTED = "1 / (1 + exp(-(V + shift) / 10 [mV]))"


def after_each(alpha: str, beta: str, seen: str = "1", **options: object) -> dict[str, Step]:
    """The step after every pass."""
    text = MODEL.format(alpha=alpha, beta=beta, seen=seen)
    asked = Options(**options)  # type: ignore[arg-type]
    step = schedule(pipeline.model_of(pipeline.resolve(Source("gated.ion", text))), asked)
    return dict(stages(step, asked))


def divisions(alpha: str, beta: str, seen: str = "1", **options: object) -> int:
    """How many a cell takes in a step, or all cells together."""
    advance = after_each(alpha, beta, seen, **options)["repeated"].advance
    return counted((*(each.value for each in (*advance.uniform, *advance.body)), *advance.outputs)).divisions


@pytest.mark.parametrize(("alpha", "beta"), [
    (LOGISTIC.format(30), EXPONENTIAL),
    (LOGISTIC.format(30), LOGISTIC.format(50)),
    (SINGULAR, EXPONENTIAL),
    (SINGULAR, LOGISTIC.format(50)),
    (f"({LOGISTIC.format(30)} + {LOGISTIC.format(45)})", LOGISTIC.format(50)),
    # One exponential with its reciprocal, which both vanish, at both ends of rates down to 1e-85.
    ("exp(V / 20 [mV]) / (1 + exp(V / 10 [mV]))", "0.2 * exp(-V / 20 [mV]) / (1 + exp(-V / 10 [mV]))"),
    ("exp(V / 5 [mV])", "exp(V / 2.5 [mV]) / (1 + exp(-V / 5 [mV]))"),
    (SINGULAR, "0.2 * exp(V / 20 [mV]) / (1 + exp(V / 10 [mV]))"),
])
def test_one_division_is_left(alpha: str, beta: str) -> None:
    assert divisions(alpha, beta) == 1
    found = after_each(alpha, beta)
    before, after = found["exponentials"], found["rates"]
    known = at_defaults(before, np.longdouble) | {before.time: np.longdouble(0)}
    known[before.states[0]] = np.linspace(-490, 490, 981).astype(np.longdouble) + np.longdouble(1) / 128
    known[before.states[1]] = np.full(981, np.longdouble(0.3))
    one, two = (outputs(each.advance, known, np.longdouble)[1] for each in (before, after))
    assert np.isfinite(one).all()
    assert np.abs(two - one).max() <= 1e-13


def test_doubles_are_as_good_near_the_singular_voltage_and_far_from_it() -> None:
    """u/(exp(u) - 1) by both of its forms, to 1e-13 of what 64 bits of mantissa give."""
    step = after_each(SINGULAR, EXPONENTIAL)["rates"]
    offsets = np.concatenate([10.0 ** np.linspace(-12, 2, 300), [0.0], -(10.0 ** np.linspace(-12, 2, 300))])
    voltages = -40 + offsets
    known = at_defaults(step) | {step.time: 0.0, step.states[0]: voltages, step.states[1]: np.full(voltages.size, 0.3)}
    wide = {name: np.asarray(value, np.longdouble) for name, value in known.items()}
    found, expected = (outputs(step.advance, each, real)[1] for each, real in ((known, float), (wide, np.longdouble)))
    assert np.abs(found / expected - 1).max() <= 1e-13


@pytest.mark.parametrize(("alpha", "beta", "left"), [
    (EXPONENTIAL, "0.2", 1),  # nothing to join
    (STEEP, STEEP.replace("exp(V", "exp((V + 10 [mV])"), 3),  # a product of them would overflow at half a volt
    (SHIFTED, EXPONENTIAL, 2),  # of a parameter nothing is known
])
def test_others_stay_as_they_are(alpha: str, beta: str, left: int) -> None:
    found = after_each(alpha, beta)
    assert found["rates"] is found["series"]
    assert divisions(alpha, beta) == left


def test_what_others_read_is_not_looked_through() -> None:
    """alpha is computed for them, with its division; that of the gate is saved no less."""
    assert divisions(LOGISTIC.format(30), LOGISTIC.format(50), "m.alpha * 1 [ms]") == 2


def test_where_v_is_held_nothing_is_proven() -> None:
    assert divisions(LOGISTIC.format(30), LOGISTIC.format(50), held=("V",)) == 3


def test_float32_has_narrower_limits() -> None:
    """exp(V/6) comes to 3e14 at 200 mV, and to its third power in N p q."""
    steep = LOGISTIC.format(30).replace("10 [mV]", "6 [mV]")
    assert divisions(steep, steep.replace("30", "50")) == 1
    assert divisions(steep, steep.replace("30", "50"), dtype="float32") == 3
