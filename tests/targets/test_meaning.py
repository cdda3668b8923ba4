"""Time, readings of inputs, simultaneous states and every function: the same in both targets, and right."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import (
    Abs,
    Float,
    Max,
    Min,
    Pow,
    Rational,
    acos,
    asin,
    atan,
    ceiling,
    cos,
    cosh,
    exp,
    floor,
    log,
    pi,
    sign,
    sin,
    sinh,
    tan,
    tanh,
)

from iondsl import algebra
from iondsl.options import Options
from iondsl.step import Sample
from tests.targets.kernels import ALL_TARGETS, Module, build
from tests.targets.small_steps import DT, TIME, small_step

X, Y = map(algebra.symbol, "xy")
SPECIAL = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-300, -1e-300, 700.0, -700.0]
POINTS = np.array([*np.linspace(-30, 30, 121), *np.linspace(-1, 1, 40), *SPECIAL])

FUNCTIONS: dict[Any, Callable[[Any], Any]] = {
    exp: np.exp,
    log: np.log,
    sin: np.sin,
    cos: np.cos,
    tan: np.tan,
    asin: np.arcsin,
    acos: np.arccos,
    atan: np.arctan,
    sinh: np.sinh,
    cosh: np.cosh,
    tanh: np.tanh,
    Abs: np.abs,
    floor: np.floor,
    ceiling: np.ceil,
    sign: np.sign,
    algebra.expm1: np.expm1,
    algebra.log1p: np.log1p,
    algebra.log10: np.log10,
    algebra.sigmoid: lambda x: 1 / (1 + np.exp(-x)),
    algebra.heaviside: lambda x: np.heaviside(x, 1),
    algebra.exprel: lambda x: np.where(x == 0, 1, np.expm1(x) / np.minimum(x, 1e30)),
}
COMPARED = {
    **{function.__name__: algebra.apply(function, X) for function in FUNCTIONS},
    "sqrt": algebra.power(X, Rational(1, 2)),
    "power": algebra.power(Float(1.5), X),
    "max": Max(X, Y, pi, evaluate=False),
    "min": Min(X, Y, evaluate=False),
    "choice": algebra.choose(algebra.apply(log, X), X > 1, algebra.apply(algebra.exprel, X)),
    "cube root": Pow(X, Rational(1, 3), evaluate=False),
}
EXPECTED: dict[str, Callable[[Any], Any]] = {
    **{function.__name__: meaning for function, meaning in FUNCTIONS.items()},
    "sqrt": np.sqrt,
    "power": lambda x: 1.5**x,
    "max": lambda x: np.maximum(np.maximum(x, 2.0), np.pi),
    "min": lambda x: np.minimum(x, 2.0),
    "choice": lambda x: np.where(x > 1, np.log(x), FUNCTIONS[algebra.exprel](x)),
    "cube root": lambda x: np.power(x, 1 / 3),
}


@pytest.fixture(params=ALL_TARGETS)
def target(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(target: str, tmp_path: Any) -> Callable[..., Module]:
    return lambda *given, dtype="float64", **named: build(
        target, small_step(*given, **named), Options(dtype=dtype), tmp_path
    )


def test_every_function(make: Callable[..., Module]) -> None:
    module = make("functions", {X: X, Y: Y}, observed=COMPARED)
    state = np.stack([POINTS, np.full(len(POINTS), 2.0)])
    found = module.observe(state, module.default_parameters(), module.default_inputs(), 0.0)
    with np.errstate(all="ignore"):
        for name, row in zip(module.OBSERVABLES, found, strict=True):
            np.testing.assert_allclose(row, EXPECTED[name](POINTS), rtol=1e-14, atol=1e-300, err_msg=name)


def test_float32_stays_float32(make: Callable[..., Module]) -> None:
    """A number that float32 cannot tell from 1 is lost, even where literals and time meet it."""
    lost = algebra.add(Float(1.0), Float(1e-9))
    difference = algebra.subtract(algebra.multiply(algebra.add(X, Float(1e-9)), Float(1.0)), Float(1.0))
    late = algebra.subtract(algebra.add(algebra.multiply(TIME, Float(1.0)), DT), TIME)
    module = make("narrow", {X: algebra.multiply(difference, lost), Y: late}, dtype="float32")
    state = np.ones((2, 4), np.float32)
    module.step(state, module.default_parameters(), module.default_inputs(), 1.0, 1e-9, 1)
    np.testing.assert_array_equal(state, 0.0)


def test_states_change_at_once(make: Callable[..., Module]) -> None:
    module = make("exchange", {X: Y, Y: X})
    state = np.array([[1.0] * 5, [2.0] * 5])
    module.step(state, module.default_parameters(), module.default_inputs(), 0.0, 0.1, 3)
    np.testing.assert_array_equal(state, [[2.0] * 5, [1.0] * 5])


@pytest.mark.parametrize("cells", [1, 4])
def test_time_is_multiplied_not_summed(make: Callable[..., Module], cells: int) -> None:
    module = make("clock", {X: TIME, Y: algebra.add(Y, DT)})
    state = module.initial_state(cells)
    module.step(state, module.default_parameters(), module.default_inputs(), 5.0, 0.1, 1001)
    np.testing.assert_allclose(state[0], 5.0 + 1000 * 0.1, rtol=2e-16)
    np.testing.assert_allclose(state[1], 100.1, rtol=1e-12)


@pytest.mark.parametrize("cells", [1, 3, 20])
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("in_time", [False, True])
def test_readings_within_a_step(make: Callable[..., Module], cells: int, own: bool, in_time: bool) -> None:
    """x gathers 1, 10 and 100 times the readings of one input at three offsets, y those of the other at one."""
    offsets = (Fraction(0), Fraction(1, 2), Fraction(1))
    first = [algebra.symbol(f"u~{k}") for k in range(3)]
    second = algebra.symbol("w~1")
    samples = [*(Sample(symbol, 0, offset) for symbol, offset in zip(first, offsets, strict=True))]
    samples.append(Sample(second, 1, Fraction(1, 2)))
    gathered = algebra.add(algebra.add(first[0], 10 * first[1]), 100 * first[2])
    inputs = algebra.symbol("u"), algebra.symbol("w")
    module = make(
        f"readings_{own}",
        {X: algebra.add(X, gathered), Y: algebra.add(Y, second)},
        inputs=inputs,
        samples=samples,
        offsets=offsets,
        varied=inputs if own else (),
    )
    assert module.OFFSETS == (0.0, 0.5, 1.0)
    steps = 4
    shape = (steps * 3 if in_time else 1, 2, cells if own else 1)
    numbers = np.arange(np.prod(shape), dtype=float).reshape(shape)
    state = module.initial_state(cells)
    rows = numbers if in_time else numbers[0]
    given = (module.default_inputs(), rows) if own else rows[..., 0].copy()
    module.step(state, module.default_parameters(), given, 0.0, 0.1, steps)
    by_step = np.broadcast_to(numbers, (steps * 3, 2, cells)).reshape(steps, 3, 2, cells)
    np.testing.assert_array_equal(state[0], np.tensordot([1, 10, 100], by_step[:, :, 0], (0, 1)).sum(axis=0))
    np.testing.assert_array_equal(state[1], by_step[:, 1, 1].sum(axis=0))
