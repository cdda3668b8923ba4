"""What our kernels are timed against computes the same."""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks import opponents
from benchmarks.players import check
from benchmarks.scalar import scalar
from iondsl.simulate.kernel import Array


@pytest.mark.parametrize(
    ("model", "form"),
    [("hodgkin_huxley_1952", ""), ("hodgkin_huxley_1952", "one_loop"), ("luo_rudy_1991", "")],
)
def test_hand_written_c_agrees_with_numpy(model: str, form: str) -> None:
    check(opponents.in_c(model, form))


@pytest.mark.parametrize("model", ["hodgkin_huxley_1952", "luo_rudy_1991"])
def test_scalar_c_agrees_with_numpy(model: str) -> None:
    check(scalar(model, ("-O2",)))


def test_hand_written_numpy_agrees_with_ours() -> None:
    check(opponents.in_numpy())


def test_numba_agrees_with_numpy() -> None:
    player = opponents.in_numba()
    if player is None:
        pytest.skip("numba is not installed")
    check(player)


def test_a_kernel_that_computes_something_else_is_not_timed() -> None:
    honest = opponents.in_numpy()

    def one_step_less(state: Array, steps: int) -> object:
        return honest.advance(state, steps - 1)

    with pytest.raises(ArithmeticError, match="hodgkin_huxley_1952: hand-written NumPy is"):
        check(dataclasses.replace(honest, advance=one_step_less))
