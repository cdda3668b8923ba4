"""Opponents in C: a text, compiled with the flags that suit it, as a function of Python."""

from __future__ import annotations

import atexit
import ctypes
import tempfile
from functools import cache
from pathlib import Path

from iondsl.build.call import run
from iondsl.build.compiler import choose, find
from iondsl.cache.store import locate

HERE = Path(__file__).parent / "handwritten"
# What an expert would use; -ffast-math would undo how `elementary.h` rounds, and brings nothing beyond these.
EXPERT = ("-O3", "-march=native", "-mprefer-vector-width=512", "-fno-math-errno", "-fno-trapping-math", "-fopenmp-simd")

# Of the text for double, that for float. A literal that is left a double would slow it down: an error.
SINGLE = ("-DSINGLE", "-fsingle-precision-constant", "-Werror=double-promotion")

# What our kernels are compiled with besides by gcc: two vectors in turn, in an order that waits less.
ORDERED = ("-fschedule-insns", "-fsched-pressure", "-funroll-loops")


@cache
def folder() -> Path:
    """Where libraries are built; it is removed at the end."""
    temporary = tempfile.TemporaryDirectory()
    atexit.register(temporary.cleanup)
    return Path(temporary.name)


def has_single() -> bool:
    """clang leaves literals doubles."""
    return find(locate()).version.startswith("gcc")


def library(source: Path, flags: tuple[str, ...], name: str) -> ctypes.CDLL:
    command, _ = choose()
    path = folder() / f"{name}.so"
    run((*command, "-std=gnu11", "-fPIC", "-shared", *flags, str(source), "-o", str(path), "-lm"))
    return ctypes.CDLL(str(path))
