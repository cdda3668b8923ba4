"""templates/vecmath.h and vecmath_powers.h, compiled: a library with a loop of each function, for each processor."""

from __future__ import annotations

import ctypes
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray

from iondsl.build.compiler import ARITHMETIC

Array: TypeAlias = NDArray[Any]
Pointwise: TypeAlias = Callable[[Any], Any]

HEADER = "\n".join(
    files("iondsl.templates").joinpath(name).read_text(encoding="utf-8") for name in ("vecmath.h", "vecmath_powers.h")
)
IS_X86 = platform.machine() in ("x86_64", "AMD64")
STRICT = ("-Wall", "-Wextra", "-Werror")
FLAGS = (*ARITHMETIC, "-fopenmp-simd", *STRICT)
WIDTH = ("-mprefer-vector-width=512",) if IS_X86 else ()

# The kinds of x86, the first without fused multiply-add, and what of the later ones /proc/cpuinfo lists.
X86 = {"x86-64": "", "x86-64-v3": "avx2", "x86-64-v4": "avx512dq"}

# What each function of one argument is for NumPy.
ACCURATE: dict[str, Pointwise] = {
    "exp": np.exp,
    "exp2": np.exp2,
    "expm1": np.expm1,
    "exprel": lambda x: np.expm1(x) / x,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": np.tanh,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "log": np.log,
    "log1p": np.log1p,
    "log10": np.log10,
}
INLINE: dict[str, Pointwise] = {
    "sqrt": np.sqrt,
    "abs": np.abs,
    "floor": np.floor,
    "ceil": np.ceil,
    "sign": np.sign,
    "heaviside": lambda x: np.heaviside(x, 1),
}
LIBRARY: dict[str, Pointwise] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
}
PAIRS: dict[str, Callable[[Any, Any], Any]] = {"min": np.minimum, "max": np.maximum, "pow": np.power}
# Of x and of exp(x), which is given
OF_EXP: dict[str, Pointwise] = {"bernoulli": lambda x: x / np.expm1(x), "exprel_of": lambda x: np.expm1(x) / x}

# What others are made of, or do without edges.
PARTS = ("exp2_inside", "log_plain", "bernoulli_above", "bernoulli_below")

# Name: the arguments in the loop over i.
LOOPS = (
    dict.fromkeys((*ACCURATE, *INLINE, *LIBRARY, *PARTS), "(x[i])")
    | dict.fromkeys((*PAIRS, *OF_EXP, "bernoulli_below"), "(x[i], z[i])")
    | {"where": "(f[i], x[i], z[i])", "where_for_all": "(f[0], x[i], z[i])"}
)


# Whether a kernel does without care for edges: asked once for many cells, so no loop that has to be vectorised.
ASKED = """void many_is_near(long n, const real *restrict x, const real *restrict z, real *restrict y) {
    for (long i = 0; i < n; i++) y[i] = ion_is_near(ion_reach(x[i]) | ion_reach(z[i]));
}
void many_is_plain(long n, const real *restrict x, const real *restrict z, real *restrict y) {
    for (long i = 0; i < n; i++) y[i] = ion_is_near(ion_reach(x[i]) | ion_reach_plain(z[i]));
}"""

# Vectors that are written down, of the whole ones among n numbers.
IN_VECTORS = """void in_vectors(long n, const real *restrict x, real *restrict y) {
    for (long i = 0; i + ION_SEVERAL <= n; i += ION_SEVERAL) ION_AT(y, i) = ion_exp2_several(ION_AT(x, i));
}
int several(void) { return ION_SEVERAL; }"""


def source() -> str:
    lines = [HEADER, ASKED, IN_VECTORS, '#define EACH(n) _Pragma("omp simd") for (long i = 0; i < n; i++)']
    for name, arguments in LOOPS.items():
        arrays = "".join(f"const real *restrict {array}, " for array in "fxz" if f"{array}[" in arguments)
        call = f"ion_{name.removesuffix('_for_all')}{arguments}"
        lines.append(f"void many_{name}(long n, {arrays}real *restrict y) {{ EACH(n) y[i] = {call}; }}")
    return "\n".join(lines) + "\n"


def compiler() -> str:
    found = next((path for name in ("cc", "gcc", "clang") if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no C compiler: none of cc, gcc and clang is on the path")
    return found


def compiled(command: tuple[str, ...], folder: Path, *flags: str, text: str = "") -> str:
    """Compile the text, or else source(), in the folder; what the compiler said."""
    (folder / "vecmath.c").write_text(text or source(), encoding="utf-8")
    words = [*command, *FLAGS, "vecmath.c", *flags]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def defines(dtype: np.dtype[Any]) -> tuple[str, ...]:
    return ("-DIONDSL_FLOAT32",) if dtype == np.float32 else ()


@dataclass(frozen=True, slots=True)
class Built:
    """The compiled functions of one type of number."""

    loaded: ctypes.CDLL
    dtype: np.dtype[Any]

    def __call__(self, name: str, *arguments: Array) -> Array:
        """The loop over arrays of one shape (n,), of this type."""
        return self.called(f"many_{name}", *arguments)

    def called(self, name: str, *arguments: Array) -> Array:
        result = np.empty_like(arguments[0])
        pointers = [ctypes.c_void_p(array.ctypes.data) for array in (*arguments, result)]
        self.loaded[name](ctypes.c_long(result.size), *pointers)
        return result

    @property
    def several(self) -> int:
        """How many powers of 2 are looked up at a time; 1 where none is."""
        return int(self.loaded["several"]())

    def one_by_one(self, name: str, *arguments: Array) -> Array:
        """The loop over one element at a time, which is scalar code."""
        columns = [np.ascontiguousarray(array) for array in arguments]
        parts = [self(name, *(array[i : i + 1] for array in columns)) for i in range(columns[0].size)]
        return np.concatenate(parts)


@cache
def build(march: str, dtype: np.dtype[Any]) -> Built:
    return built_from(source(), (f"-march={march}", *WIDTH, *defines(dtype)), dtype)


def built_from(text: str, flags: tuple[str, ...], dtype: np.dtype[Any]) -> Built:
    with tempfile.TemporaryDirectory() as name:
        compiled((compiler(),), Path(name), *flags, "-fPIC", "-shared", "-o", "vecmath.so", "-lm", text=text)
        return Built(ctypes.CDLL(str(Path(name) / "vecmath.so")), dtype)


def runs(march: str) -> bool:
    """Whether this processor runs its code, as far as Linux tells."""
    listed = Path("/proc/cpuinfo")
    features = listed.read_text(encoding="utf-8").split() if IS_X86 and listed.is_file() else []
    return not X86[march] or X86[march] in features


MARCHES = tuple(filter(runs, X86)) if IS_X86 else ("native",)
DTYPES = tuple(np.dtype(name) for name in ("float64", "float32"))
BUILDS = tuple((march, dtype) for march in MARCHES for dtype in DTYPES)
