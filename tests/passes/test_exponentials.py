"""Merged exponentials: how many are left, how accurate they are, and how far they reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from sympy import Expr

import iondsl
from iondsl import pipeline, reading
from iondsl.options import Options
from iondsl.passes import optimise, stages
from iondsl.schedule import schedule
from iondsl.source import Source
from iondsl.step import Step

CALLS = ("exp", "exprel", "expm1", "sigmoid")


def step_of(source: Source, dtype: str = "float64") -> Step:
    options = Options(dtype=dtype)
    return optimise(schedule(pipeline.model_of(pipeline.resolve(source)), options), options)


def exponentials(step: Step) -> set[Expr]:
    """The exponentials in the loop, without those of gate updates."""
    routine = dict(stages(step, Options()))["exponentials"].advance
    nodes = {
        node
        for root in (*(each.value for each in routine.body), *routine.outputs)
        for node in sympy.preorder_traversal(root)
    }
    return {node for node in nodes if type(node).__name__ in CALLS and step.dt not in node.free_symbols}


@pytest.mark.parametrize(("name", "count"), [("hodgkin_huxley_1952", 2), ("luo_rudy_1991", 19)])
def test_what_is_left(name: str, count: int) -> None:
    """6 and 33 different exponentials as written."""
    step = schedule(pipeline.model_of(pipeline.resolve(reading.read(name))), Options())
    assert len(exponentials(step)) == count


RATES: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("exp(-(V + 65) / 80)", lambda v: mpmath.exp(-(v + 65) / 80)),
    ("exp(-(V + 65) / 20)", lambda v: mpmath.exp(-(v + 65) / 20)),
    ("3 / exp((V - 12.5) / 10)", lambda v: 3 / mpmath.exp((v - 12.5) / 10)),
    ("exp(0.0875 * V)^2", lambda v: mpmath.exp(v * 875 / 10000) ** 2),
    ("(V + 55) / (1 - exp(-(V + 55) / 10))", lambda v: (v + 55) / (1 - mpmath.exp(-(v + 55) / 10))),
    ("(exp((V + 47) / 40) - 1) / (V + 47)", lambda v: mpmath.expm1((v + 47) / 40) / (v + 47)),
    ("sigmoid((V + 35) / 10)", lambda v: 1 / (1 + mpmath.exp(-(v + 35) / 10))),
    ("exp((V - half) / 16)", lambda v: mpmath.exp((v + 30) / 16)),
    ("exp(2 * (V - half) / k)", lambda v: mpmath.exp(2 * (v + 30) / 9)),
    ("exp((half - V) / k)", lambda v: mpmath.exp((-30 - v) / 9)),
)


def rates_model(folder: Path, rates: tuple[str, ...]) -> iondsl.Model:
    lines = (f"r{index} [1] = {rate}" for index, rate in enumerate(rates))
    parameters = ("param half = -30", "param k = 9")
    file = folder / "rates.ion"
    file.write_text("\n".join(["model rates:", *parameters, "state V = 0", "V' = 0", *lines, ""]))
    return iondsl.load(file)


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_accurate_and_finite_from_minus_to_plus_one_volt(target: str, tmp_path: Path) -> None:
    """Against 50 digits: 8.5 ulp of the power, and of the argument what rounding it once costs."""
    cell = rates_model(tmp_path, tuple(text for text, _ in RATES)).compile(target=target)
    voltages = np.linspace(-1000, 1000, 4001) + 1 / 64
    for index, (text, function) in enumerate(RATES):
        found = cell.evaluate([f"r{index}"], voltages[None, :])[0]
        with mpmath.workdps(50):
            exact = np.array([float(function(mpmath.mpf(voltage))) for voltage in voltages])
        assert np.isfinite(found).all(), text
        assert found == pytest.approx(exact, rel=1e-13), text


@pytest.mark.parametrize(
    "rates",
    [
        ("exp(V)", "exp(2 * V)"),  # exp(1000) is no number
        ("exp(V / 10 + 750)", "exp(V / 10)"),
        ("exp(V / k + 1)", "exp(V / k + 2)"),  # k may be anything in a run, and so may exp(V/k)
        ("1 - exp(-V / 10)", "exp(-V / 20 + 1) - 1"),  # near 0 mV they need all of their digits
        ("exp(V / 7)", "exp(V / 9)"),
        ("exp(0.001 * V^2 + 2 * V)", "exp(0.002 * V^2 + 4 * V - 650)"),  # from 350 mV on, exp(2 V)^2 is no number
    ],
)
def test_left_as_they_are(rates: tuple[str, ...], tmp_path: Path) -> None:
    rates_model(tmp_path, rates)
    assert calls(step_of(reading.read(str(tmp_path / "rates.ion")))) == 2


@pytest.mark.parametrize("rate", ["1 / (0 * exprel(V / 10))", "exp(2^100000000000 * V)", "exp(1e200^2 * V / k)"])
def test_numbers_out_of_range_are_left_to_the_target(rate: str, tmp_path: Path) -> None:
    rates_model(tmp_path, (rate, "exp(V / 10)", "exp(V / 20)"))
    assert calls(step_of(reading.read(str(tmp_path / "rates.ion")))) >= 1


@pytest.mark.parametrize(("dtype", "count"), [("float64", 1), ("float32", 2)])
def test_a_shorter_range_of_numbers_merges_less(dtype: str, count: int, tmp_path: Path) -> None:
    rates_model(tmp_path, ("exp(V / 2)", "exp(V / 2 + 1)"))
    assert calls(step_of(reading.read(str(tmp_path / "rates.ion")), dtype)) == count


def calls(step: Step) -> int:
    return len({node for each in step.observe.body for node in each.value.atoms(sympy.exp)})
