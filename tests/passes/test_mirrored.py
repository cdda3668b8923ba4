"""exprel(u) exp(c - u) with one exponential."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from sympy import Expr, exp, preorder_traversal

from iondsl import pipeline
from iondsl.algebra import exprel
from iondsl.options import Options
from iondsl.passes import stages
from iondsl.schedule import schedule
from iondsl.source import Source
from iondsl.step import Step
from tests.passes.numbers import at_defaults, outputs

MODEL = """\
model mirrored:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
param shift = 3 [mV]
state w = 0
w' = {rate} / 1 [ms]
current I:
    I = 1 [uA/cm^2]
"""
LUO_RUDY = "(exp(0.04 * (V + 77)) - 1) / ((V + 77) * exp(0.04 * (V + 35)))"
BACKWARDS = "(1 - exp(-0.1 * (V + 40))) / (V + 40) * exp(V / 10 [mV])"


def after_each(rate: str) -> dict[str, Step]:
    asked = Options("forward_euler")
    source = Source("mirrored.ion", MODEL.format(rate=rate.replace("V +", "V / 1 [mV] +")))
    return dict(stages(schedule(pipeline.model_of(pipeline.resolve(source)), asked), asked))


def calls(step: Step) -> tuple[int, int]:
    """How many exponentials there are, and exprel."""
    found = [node for each in step.advance.assignments for node in each.value.atoms(exp, exprel)]
    return sum(isinstance(each, exp) for each in found), sum(isinstance(each, exprel) for each in found)


@pytest.mark.parametrize(("rate", "function"), [
    (LUO_RUDY, lambda v: mpmath.expm1((v + 77) / 25) / ((v + 77) * mpmath.exp((v + 35) / 25))),
    (BACKWARDS, lambda v: -mpmath.expm1(-(v + 40) / 10) / (v + 40) * mpmath.exp(v / 10)),
])
def test_one_exponential_less(rate: str, function: Callable[[Any], Any]) -> None:
    found = after_each(rate)
    assert calls(found["singularities"]) == (1, 1)
    assert calls(found["mirrored"]) == (0, 1)
    step = found["mirrored"]
    voltages = np.concatenate([np.linspace(-120, 60, 181), -77 + np.array([-1e-9, 0, 1e-9]), [-40 + 1e-9]])
    real = np.longdouble
    known = at_defaults(step, real) | {step.time: real(0), step.states[0]: voltages.astype(real), step.dt: real(1)}
    known[step.states[1]] = real(0)
    rates = outputs(step.advance, known, real)[1]
    with mpmath.workdps(40):  # beside the removable 0/0
        expected = [real(str(function(mpmath.mpf(float(each)) + mpmath.mpf("1e-20")))) for each in voltages]
    assert np.abs(rates / np.array(expected) - 1).max() <= 1e-15


UP, DOWN = "(exp(0.04 * (V + 77)) - 1) / (V + 77)", "exp(-0.04 * (V + 35))"


@pytest.mark.parametrize(("rate", "left"), [(f"{DOWN} * {DOWN} * ({UP})", 1), (f"({UP}) * ({UP}) * {DOWN}", 0)])
def test_one_of_equal_factors_goes(rate: str, left: int) -> None:
    found = after_each(rate)
    before, after = found["singularities"], found["mirrored"]
    assert len(powers_of(after)) == left
    known = at_defaults(before, np.longdouble) | {before.time: np.longdouble(0)}
    known |= {before.states[0]: np.linspace(-490, 490, 99).astype(np.longdouble), before.states[1]: np.longdouble(0)}
    assert np.abs(outputs(after.advance, known)[1] / outputs(before.advance, known)[1] - 1).max() <= 1e-15


def powers_of(step: Step) -> list[Expr]:
    """The exponentials, as often as they occur."""
    rate = step.advance.assignments[-1].value
    return [each for each in preorder_traversal(rate) if isinstance(each, exp)]


@pytest.mark.parametrize("rate", [
    "(exp(0.04 * (V + 77)) - 1) / (V + 77) * exp(0.04 * (V + 35))",  # both grow
    "(exp(0.04 * (V + 77)) - 1) / ((V + 77) * exp(0.05 * (V + 35)))",
    "(exp(0.04 * (V + 77)) - 1) / ((V + 77) * exp(0.04 * (V + shift / 1 [mV])))",  # by no literal apart
    "(exp(4 * (V + 77)) - 1) / ((V + 77) * exp(4 * (V + 35)))",  # exp(-168)
])
def test_others_stay(rate: str) -> None:
    found = after_each(rate)
    assert found["mirrored"].advance == found["singularities"].advance
