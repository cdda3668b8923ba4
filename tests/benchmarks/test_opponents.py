"""What our kernels are timed against computes the same."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from benchmarks import native, opponents
from benchmarks.players import Player, check, start
from benchmarks.scalar import scalar
from iondsl.simulate.kernel import Array

MODELS = (opponents.HODGKIN_HUXLEY, opponents.LUO_RUDY)
DTYPES = ("float64", "float32")

of_both_models = pytest.mark.parametrize("model", MODELS)
of_both_sizes = pytest.mark.parametrize("dtype", DTYPES)


@of_both_models
@of_both_sizes
def test_hand_written_c_agrees_with_numpy(model: str, dtype: str) -> None:
    check(in_c(model, dtype))


def test_one_loop_agrees_with_numpy() -> None:
    check(opponents.in_c(opponents.HODGKIN_HUXLEY, "one_loop"))


@of_both_models
def test_scalar_c_agrees_with_numpy(model: str) -> None:
    check(scalar(model, ("-O2",)))


@of_both_models
@of_both_sizes
def test_hand_written_numpy_agrees_with_ours(model: str, dtype: str) -> None:
    check(opponents.in_numpy(model, dtype))


@of_both_models
@of_both_sizes
def test_numba_agrees_with_numpy(model: str, dtype: str) -> None:
    check(numba(model, dtype))


@of_both_models
def test_float_by_hand_bears_what_an_action_potential_reaches(model: str) -> None:
    state = start(model, 100)
    state[0] = np.linspace(-100, 60, 100)
    short = state.astype("float32")
    in_c(model, "float64").advance(state, 200)
    in_c(model, "float32").advance(short, 200)
    sizes = np.abs(state).max(axis=1, keepdims=True)
    assert np.max(np.abs(short - state) / sizes) < opponents.TOLERANCE["float32"]


def test_a_kernel_that_computes_something_else_is_not_timed() -> None:
    honest = opponents.in_numpy(opponents.HODGKIN_HUXLEY)

    def one_step_less(state: Array, steps: int) -> object:
        return honest.advance(state, steps - 1)

    with pytest.raises(ArithmeticError, match="hodgkin_huxley_1952: hand-written NumPy is"):
        check(dataclasses.replace(honest, advance=one_step_less))


def in_c(model: str, dtype: str) -> Player:
    if dtype == "float32" and not native.has_single():
        pytest.skip("this compiler cannot take literals for floats")
    return opponents.in_c(model, dtype=dtype)


def numba(model: str, dtype: str) -> Player:
    player = opponents.in_numba(model, dtype)
    if player is None:
        pytest.skip("numba is not installed")
    return player
