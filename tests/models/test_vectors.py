"""Every bundled model is vector code, at the full width of the machine that the tests run on."""

from __future__ import annotations

from pathlib import Path

import pytest

import iondsl
from iondsl import pipeline, reading
from iondsl.build.compiler import find
from iondsl.cache.store import locate
from iondsl.errors import CompilerError
from iondsl.options import Options
from tests.targets.vectors import scalar_loops

OPTIONS = Options()


@pytest.mark.parametrize("name", iondsl.models())
def test_every_loop_over_cells_is_vectorised(name: str, tmp_path: Path) -> None:
    try:
        compiler = find(locate())
    except CompilerError:
        pytest.skip("needs a C compiler")
    if not compiler.version.startswith("gcc"):
        pytest.skip("reads the report of gcc")
    text = pipeline.generate(reading.read(name), OPTIONS)[f"{name}.c"]
    assert scalar_loops(text, (*compiler.command, *compiler.flags), compiler.simd_bits // 8, tmp_path) == []
