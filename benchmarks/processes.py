"""Other Pythons: what is measured of a process must not depend on what this one has done before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def python(*words: str, cache: Path | None = None) -> str:
    """What a new Python prints. `cache`: the compilation cache that it finds, or else the user's.

    It keeps the bytecode of what it imports, as a Python does that nobody tells otherwise.
    """
    environment = os.environ | ({} if cache is None else {"IONDSL_CACHE_DIR": str(cache)})
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, *words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


@contextmanager
def prepared_cache(model: str) -> Iterator[Path]:
    """A cache that knows the compiler and the grammar, from compiling a model that is not asked about."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        python("-m", "iondsl", "compile", model, "-o", folder, cache=cache)
        yield cache


def compile_cold(model: str, prepared: Path) -> None:
    """`iondsl compile`, with a copy of a prepared cache."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        shutil.copytree(prepared, cache)
        python("-m", "iondsl", "compile", model, "-o", folder, cache=cache)
