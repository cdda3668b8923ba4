"""Gates written as plain equations: stepped as declared ones where that is proven, and else as they were."""

from __future__ import annotations

from pathlib import Path

import mpmath
import numpy as np
import pytest

import iondsl
from iondsl import pipeline
from iondsl.analysis.operations import counted
from iondsl.options import Options
from iondsl.passes import stages
from iondsl.schedule import schedule
from iondsl.source import Source
from iondsl.step import Step

MODEL = """\
model plain:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current K:
    g = 1 [mS/cm^2]
    param shift = 0 [mV]
    param speed = 1.5
{gate}
    I = g * n * (V + 77 [mV])
"""
PLAIN = """\
    alpha = {alpha} / 1 [ms]
    beta = {beta} / 1 [ms]
    state n = 0.3
    n' = {rate}"""
DECLARED = """\
    gate n:
        alpha = {alpha} / 1 [ms]
        beta = {beta} / 1 [ms]
        phi = speed"""
ALPHA = "0.01 * (V + 55 [mV]) / (1 [mV] - 1 [mV] * exp(-(V + 55 [mV]) / 10 [mV]))"
BETA = "0.125 * exp(-(V + 65 [mV]) / 80 [mV])"
RATES = (
    "speed * (alpha * (1 - n) - beta * n)",
    "(alpha * (1 - n) - beta * n) * speed",
    "speed * (-beta * n + (1 - n) * alpha)",
)


def text(form: str, alpha: str = ALPHA, beta: str = BETA, rate: str = RATES[0]) -> str:
    return MODEL.format(gate=form.format(alpha=alpha, beta=beta, rate=rate))


def after_each(source: str, **options: object) -> dict[str, Step]:
    """The step after every pass."""
    asked = Options(**options)  # type: ignore[arg-type]
    step = schedule(pipeline.model_of(pipeline.resolve(Source("plain.ion", source))), asked)
    return dict(stages(step, asked))


def changed(source: str, **options: object) -> bool:
    steps = after_each(source, **options)
    return steps["plain"].advance != steps["singularities"].advance


@pytest.mark.parametrize("scheme", ["rush_larsen", "exponential_euler"])
@pytest.mark.parametrize("rate", RATES)
def test_takes_what_a_declared_one_takes(rate: str, scheme: str) -> None:
    steps = (after_each(source, scheme=scheme)["repeated"] for source in (text(PLAIN, rate=rate), text(DECLARED)))
    plain, declared = (counted((*(each.value for each in step.advance.body), *step.advance.outputs)) for step in steps)
    assert (plain.exponentials, plain.divisions) == (declared.exponentials, declared.divisions)


def test_a_fast_kernel_has_a_polynomial_for_it() -> None:
    steps = after_each(text(PLAIN), fast=True, dt="0.01")
    assert "K.n~w" in {each.target.name for each in steps["gates"].advance.body}


@pytest.mark.parametrize(("alpha", "beta", "rate"), [
    (ALPHA.replace("V +", "V + shift +"), "0 * V / 1 [mV]", RATES[0]),      # nothing is known of a parameter
    ("max(V, 0 [mV]) / 1 [mV]", "max(V - 10 [mV], 0 [mV]) / 1 [mV]", RATES[0]),     # both may be 0
    (ALPHA, "V / 1 [mV]", RATES[0]),                                # may be negative
    ("n * exp(V / 20 [mV])", BETA, RATES[0]),                       # no gate: its rate depends on n
    (ALPHA, BETA, "alpha * (2 - n) - beta * n"),                    # its steady state is beyond 1
    (ALPHA, BETA, "alpha - (alpha + beta) * n"),                    # another form
])
@pytest.mark.parametrize("scheme", ["rush_larsen", "exponential_euler", "forward_euler", "rk4"])
def test_left_as_it_is(alpha: str, beta: str, rate: str, scheme: str) -> None:
    assert not changed(text(PLAIN, alpha, beta, rate), scheme=scheme)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_step_is_exact(dtype: str, tmp_path: Path) -> None:
    """Of the gate at a V that is held, against 50 digits, from -150 to 150 mV and at the 0/0."""
    file = tmp_path / "plain.ion"
    file.write_text(text(PLAIN))
    assert changed(text(PLAIN), dtype=dtype)
    cell = iondsl.load(file).compile(target="numpy", dtype=dtype)
    voltages = np.concatenate([np.arange(-150.0, 151.0, 7.0), [-55.0, -55.0 + 1e-6]]).astype(dtype)
    for n, dt in ((0.3, 0.01), (0.9, 1.0), (0.0, 50.0)):
        state = np.array([voltages, np.full_like(voltages, n)])
        cell.step(state, 0.0, dt)
        exact = [step(float(voltage), float(np.dtype(dtype).type(n)), dt) for voltage in voltages]
        assert state[1] == pytest.approx(exact, rel=1e-13 if dtype == "float64" else 2e-5)


def step(voltage: float, n: float, dt: float) -> float:
    with mpmath.workdps(50):
        u = (mpmath.mpf(voltage) + 55) / 10
        alpha = (u / -mpmath.expm1(-u) if u else mpmath.mpf(1)) / 10
        beta = mpmath.exp(-(mpmath.mpf(voltage) + 65) / 80) / 8
        steady = alpha / (alpha + beta)
        return float(steady + (n - steady) * mpmath.exp(-(alpha + beta) * mpmath.mpf(dt) * 3 / 2))
