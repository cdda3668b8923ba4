"""The hand-written kernels as players."""

from __future__ import annotations

import ctypes
from importlib.util import find_spec

from benchmarks import native
from benchmarks.handwritten import with_numba, with_numpy
from benchmarks.players import DT, Player
from iondsl.simulate.kernel import Array

HODGKIN_HUXLEY = "hodgkin_huxley_1952"


def in_c(model: str, form: str = "", ordered: bool = False) -> Player:
    """`handwritten/MODEL.c`, or another form of it: `one_loop` is `handwritten/MODEL_one_loop.c`. `ordered` is with
    the flags that our kernels have."""
    name = f"{model}_{form}" if form else model
    flags, suffix = (native.ORDERED, "_ordered") if ordered else ((), "")
    function = native.library(native.HERE / f"{name}.c", (*native.EXPERT, *flags), name + suffix).advance
    function.argtypes = (ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_ssize_t, ctypes.c_double, ctypes.c_double)

    def advance(state: Array, steps: int) -> None:
        function(state.ctypes.data, state.shape[1], steps, DT, 0.0)

    return Player(f"hand-written C{', one loop' if form else ''}{', our flags' if ordered else ''}", model, advance)


def in_numpy() -> Player:
    return Player("hand-written NumPy", HODGKIN_HUXLEY, lambda state, steps: with_numpy.advance(state, steps, DT))


def in_numba() -> Player | None:
    """None where numba is not installed."""
    if find_spec("numba") is None:
        return None
    kernel = with_numba.compiled()
    return Player("numba", HODGKIN_HUXLEY, lambda state, steps: kernel(state, steps, DT, 0.0))
