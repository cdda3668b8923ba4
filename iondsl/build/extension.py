"""A generated text in Cython to an extension module: Cython, and one call of the C compiler."""

from __future__ import annotations

import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from iondsl.build.call import compile_extension, run
from iondsl.build.compiler import Compiler, find
from iondsl.build.failure import keeping
from iondsl.cache.fingerprint import digest, installed
from iondsl.cache.store import Cache, obtain
from iondsl.errors import UsageError
from iondsl.options import Options

SUFFIX = EXTENSION_SUFFIXES[0]  # names Python's version and ABI as well
# Cython takes it for itself and compiles no module of this name.
RESERVED = "cython"


def extension(source: str, module: str, options: Options, cache: Cache) -> Path:
    """The path of a compiled `.pyx` text, built once for this compiler, its flags, processor and Python.

    Raises CompilerError where there is no compiler or it fails; the message then says where the source is. Raises
    UsageError for a module that cannot be built under its name.
    """
    if module == RESERVED:
        raise UsageError(f"a model called `{module}` cannot be built: Cython keeps this name; rename the model")
    compiler = find(cache, options.portable)
    key = digest(source, module, SUFFIX, *installed("cython"), *compiler.key())

    def make(folder: Path) -> None:
        (folder / f"{module}.pyx").write_text(source, encoding="utf-8", newline="\n")
        with keeping(cache, folder):
            build(folder, module, compiler)

    return obtain(cache, "extensions", key, make) / f"{module}{SUFFIX}"


def build(folder: Path, module: str, compiler: Compiler) -> None:
    """`module`.pyx in a folder becomes the extension beside it; nothing else stays."""
    pyx, c = folder / f"{module}.pyx", folder / f"{module}.c"
    # A process of its own: Cython is not made for threads. -P: no module of the folder is taken for Python's.
    run((sys.executable, "-P", "-m", "cython", "-3", pyx.name, "-o", c.name), what="Cython", folder=folder)
    compile_extension((*compiler.command, *compiler.flags), c, folder / f"{module}{SUFFIX}")
    pyx.unlink()
    c.unlink()
