"""Generated modules, imported: what tests of both numerical targets start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from iondsl import targets
from iondsl.build.compiler import choose
from iondsl.build.extension import extension
from iondsl.build.library import library
from iondsl.build.loading import load
from iondsl.cache.store import locate
from iondsl.errors import CompilerError
from iondsl.options import Options
from iondsl.step import Step

TARGETS = ("numpy", "c")
# The last two are one kernel, driven in two ways.
ALL_TARGETS = (*TARGETS, "cython")

Module = Any  # the interface of a generated module is what these tests are about


def needs_compiler() -> None:
    try:
        choose()
    except CompilerError:
        pytest.skip("needs a C compiler")


def build(target: str, step: Step, options: Options, folder: Path, units: Mapping[str, str] | None = None) -> Module:
    """The module of a step, made by one of the targets."""
    options, units = replace(options, target=target), units or {}
    if target != "numpy":
        needs_compiler()
    source = targets.load(target).generate(step, options, units)
    if target == "cython":
        return load(extension(source, step.name, options, locate()), step.name)
    if target == "c":
        driver = targets.load(target).driver(step, options, units, source)
        return load(library(source, driver, step.name, options, locate()), step.name)
    path = folder / f"{step.name}_{options.scheme}_{options.dtype}.py"
    path.write_text(source, encoding="utf-8")
    return load(path, path.stem)
