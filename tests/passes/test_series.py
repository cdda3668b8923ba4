"""Exponentials of small arguments by their series."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
from sympy import exp

from iondsl import pipeline
from iondsl.options import Options
from iondsl.passes import stages
from iondsl.passes.series import LEFT_OUT, MOST_TERMS
from iondsl.schedule import schedule
from iondsl.source import Source
from iondsl.step import Step
from tests.passes.numbers import at_defaults, outputs

MODEL = """\
model small:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
param k = 1e7 [mV]
state w = 0
w' = exp({argument}) / 1 [ms]
current I:
    I = 1 [uA/cm^2]
"""


def after_each(argument: str, **options: object) -> dict[str, Step]:
    asked = Options("forward_euler", **options)  # type: ignore[arg-type]
    source = Source("small.ion", MODEL.format(argument=argument))
    return dict(stages(schedule(pipeline.model_of(pipeline.resolve(source)), asked), asked))


def has_exponential(step: Step) -> bool:
    return any(each.has(exp) for each in (*(one.value for one in step.advance.body), *step.advance.outputs))


@pytest.mark.parametrize(("argument", "slope", "offset", "dtype"), [
    ("-2.535e-7 * V / 1 [mV]", -2.535e-7, 0.0, "float64"),
    ("V / 1e9 [mV]", 1e-9, 0.0, "float64"),
    ("V / 1e30 [mV]", 1e-30, 0.0, "float64"),
    ("1e-5 - V / 1e8 [mV]", -1e-8, 1e-5, "float64"),
    ("V / 1e5 [mV]", 1e-5, 0.0, "float32"),
])
def test_as_good_as_the_exponential(argument: str, slope: float, offset: float, dtype: str) -> None:
    found = after_each(argument, dtype=dtype)
    assert has_exponential(found["exponentials"])
    step = found["series"]
    assert not has_exponential(step)
    reach = 500 if dtype == "float64" else 200
    voltages = np.linspace(-reach, reach, 101)
    real = np.longdouble
    known = at_defaults(step, real) | {step.time: real(0), step.states[0]: voltages.astype(real), step.dt: real(1)}
    known[step.states[1]] = real(0)
    rates = outputs(step.advance, known, real)[1]
    with mpmath.workdps(40):
        expected = np.array([real(str(mpmath.exp(slope * mpmath.mpf(each) + offset))) for each in voltages])
    assert np.abs(rates / expected - 1).max() <= 2 * LEFT_OUT[dtype]


@pytest.mark.parametrize("argument", ["V / 1e4 [mV]", "V / k", "1 + V / 1e9 [mV]"])
def test_others_stay(argument: str) -> None:
    """What needs more terms, or depends on a parameter, or is no small number."""
    assert MOST_TERMS == 4
    found = after_each(argument)
    assert found["series"].advance == found["exponentials"].advance


def test_what_the_proof_uses_is_guarded() -> None:
    assert [each.name for each in after_each("V / 1e9 [mV]")["series"].used] == ["V"]
