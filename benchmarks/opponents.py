"""The hand-written kernels as players."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from benchmarks import jit, native
from benchmarks.players import DT, EXACT, SHORT, Player
from iondsl.simulate.kernel import Array

HODGKIN_HUXLEY = "hodgkin_huxley_1952"
LUO_RUDY = "luo_rudy_1991"

REALS = {"float64": ctypes.c_double, "float32": ctypes.c_float}
TOLERANCE = {"float64": EXACT, "float32": SHORT}


def by_hand(model: str, dtype: str) -> list[Player]:
    """All that there are on this machine."""
    with_c = [in_c(model, dtype=dtype)] if dtype == "float64" or native.has_single() else []
    with_numba = in_numba(model, dtype)
    return [*with_c, in_numpy(model, dtype), *([with_numba] if with_numba else [])]


def in_c(model: str, form: str = "", ordered: bool = False, dtype: str = "float64") -> Player:
    """`handwritten/MODEL.c`, or another form of it: `one_loop` is `handwritten/MODEL_one_loop.c`. `ordered` is with
    the flags that our kernels have."""
    source = native.HERE / f"{model}{f'_{form}' if form else ''}.c"
    flags = native.EXPERT + native.ORDERED * ordered + native.SINGLE * (dtype == "float32")
    name = "_".join((source.stem, dtype, *["ordered"] * ordered))
    function = native.library(source, flags, name).advance
    function.argtypes = (ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_ssize_t, REALS[dtype], REALS[dtype])

    def advance(state: Array, steps: int) -> None:
        function(state.ctypes.data, state.shape[1], steps, DT, 0.0)

    words = f"hand-written C{', one loop' if form else ''}{', our flags' if ordered else ''}"
    return Player(words, model, advance, dtype, tolerance=TOLERANCE[dtype])


def in_numpy(model: str, dtype: str = "float64") -> Player:
    kernel = import_module(f"benchmarks.handwritten.{model}_numpy").advance
    return unblocked("hand-written NumPy", model, dtype, lambda state, steps: kernel(state, steps, DT))


def in_numba(model: str, dtype: str = "float64") -> Player | None:
    """None where numba is not installed."""
    if find_spec("numba") is None:
        return None
    kernel, real = jit.advance(model, dtype), np.dtype(dtype).type
    return unblocked("numba", model, dtype, lambda state, steps: kernel(state, steps, real(DT), real(0)))


def unblocked(name: str, model: str, dtype: str, advance: Callable[[Array, int], object]) -> Player:
    """A step costs the same among few steps."""
    return Player(name, model, advance, dtype, tolerance=TOLERANCE[dtype], least_steps=1)
