"""No bundled model breaks down at any potential: derivatives are finite from -150 to 100 mV in steps of 0.01, for the V
of each compartment, in both targets and every variant. All else is as it is at the start."""

from __future__ import annotations

import numpy as np
import pytest

import iondsl
from tests.targets.kernels import TARGETS, needs_compiler

POTENTIALS = np.arange(-15_000, 10_001) / 100  # each is the double nearest to two decimals, where 0/0 lie


def broken(cell: iondsl.Cell) -> dict[str, float]:
    """The states whose derivatives are not finite at some V, with the first such potential."""
    states = [state.name for state in cell.states]
    rates = [f"{name}'" for name in states]
    found: dict[str, float] = {}
    for row in (row for row, name in enumerate(states) if name.rpartition(".")[2] == "V"):
        at = np.repeat(cell.initial_state(), len(POTENTIALS), axis=1)
        at[row] = POTENTIALS
        finite = np.isfinite(cell.evaluate(rates, at))
        found |= {rate: POTENTIALS[~good][0] for rate, good in zip(rates, finite, strict=True) if not good.all()}
    return found


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", iondsl.models())
def test_derivatives_are_finite(name: str, target: str) -> None:
    """Of the kernels that the test of agreement compiles, too."""
    if target == "c":
        needs_compiler()
    assert broken(iondsl.load(name).compile(target=target)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", iondsl.models())
def test_derivatives_of_variants_are_finite(name: str, target: str) -> None:
    """Of the kernels that `test_derivatives.py` compiles, most of them."""
    if target == "c":
        needs_compiler()
    for variant in iondsl.load(name).variants:
        cell = iondsl.load(name, variant=variant.name).compile(scheme="forward_euler", target=target)
        assert broken(cell) == {}, variant.name
