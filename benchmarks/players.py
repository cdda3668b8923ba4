"""Kernels that take the same steps: ours, and those that they are compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

import iondsl
from iondsl.simulate.kernel import Array

DT = 0.01
CHECKED = 300
# More than two blocks, so that there is work for two threads, and no multiple of a vector.
CHECKED_CELLS = 300
# For agreement with NumPy over CHECKED steps, relative to the largest value of each state.
EXACT, FAST, SHORT = 1e-10, 1e-7, 1e-3
SPREAD = 30.0


@dataclass(frozen=True, slots=True)
class Player:
    """`advance` moves (states, cells) of a model by a number of steps of DT, in place, in `threads` threads.

    `reference` computes the same up to `tolerance`; None stands for our NumPy target. A kernel that keeps a block of
    cells in the cache for all steps of a call is not timed with fewer than `least_steps`.
    """

    name: str
    model: str
    advance: Callable[[Array, int], object]
    dtype: str = "float64"
    threads: int = 1
    tolerance: float = EXACT
    reference: Player | None = None
    least_steps: int = 20


def ours(
    model: str, target: str = "c", dtype: str = "float64", threads: int = 1, fast: bool = False
) -> Player:
    """A kernel of this compiler."""
    cell = compiled(model, target, dtype, fast)

    def advance(state: Array, steps: int) -> None:
        cell.step(state, 0.0, DT, steps, threads=threads)

    words = [f"`{target}`"] + ["`--fast`"] * fast + ["float32"] * (dtype == "float32")
    tolerance = SHORT if dtype == "float32" else FAST if fast else EXACT
    return Player(", ".join(words), model, advance, dtype, threads, tolerance)


@cache
def compiled(model: str, target: str = "c", dtype: str = "float64", fast: bool = False) -> iondsl.Cell:
    return iondsl.load(model).compile(target=target, dtype=dtype, fast=fast, dt=DT if fast else None)


def start(model: str, cells: int, dtype: str = "float64") -> Array:
    """Initial states, with V spread over SPREAD mV where there is more than one cell."""
    state = compiled(model, "numpy").initial_state(cells)
    state[0] += np.linspace(0, SPREAD, cells)
    return state.astype(dtype)


def varied(model: str, names: tuple[str, ...], target: str = "c") -> Player:
    """A run of ours in which some parameters differ from cell to cell, by a tenth of their size."""
    cell = compiled(model, target)
    defaults = {each.name: each.default for each in cell.parameters if each.default is not None}

    def advance(state: Array, steps: int) -> None:
        factors = np.linspace(0.9, 1.1, state.shape[1])
        values = {name: factors * defaults[name] for name in names}
        state[:] = cell.run(steps * DT, DT, parameters=values, record=(), state=state).state

    reference = varied(model, names, "numpy") if target != "numpy" else None
    return Player(f"`{target}`, {len(names)} parameters per cell", model, advance, reference=reference)


def check(player: Player, cells: int = CHECKED_CELLS, steps: int = CHECKED) -> None:
    """Raises ArithmeticError where a kernel does not compute what its reference does."""
    found = start(player.model, cells, player.dtype)
    player.advance(found, steps)
    expected = advanced(player.reference or reference(player.model), cells, steps)
    sizes = np.abs(expected).max(axis=1, keepdims=True)
    error = float(np.max(np.abs(found - expected) / sizes))
    if not error <= player.tolerance:
        raise ArithmeticError(f"{player.model}: {player.name} is {error:.1e} off")


@cache
def reference(model: str) -> Player:
    return ours(model, "numpy")


@lru_cache(maxsize=2)
def advanced(player: Player, cells: int, steps: int) -> Array:
    """Kept for the next player that is held to it."""
    state = start(player.model, cells)
    player.advance(state, steps)
    return state
