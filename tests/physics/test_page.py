"""docs/physics.md is complete: a model below every number, nothing to object to in any of them, a test for each."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from iondsl import pdf, pipeline
from iondsl.source import Source
from iondsl.targets import latex
from tests.docs.fences import Fence, fences
from tests.physics.page import PAGE, examples

TESTS = Path(__file__).parent
LATER = {15, 24}  # a solver for steady states, networks
ROWS = sorted(set(range(1, 28)) - LATER)


def test_every_row_has_a_model() -> None:
    found = examples()
    assert sorted(found) == ROWS
    assert all(found.values())


@pytest.mark.parametrize("row", ROWS)
def test_every_row_has_a_test(row: int) -> None:
    texts = [path.read_text(encoding="utf-8") for path in TESTS.glob("test_rows_*.py")]
    assert any(re.search(rf"^def test_row_{row}_", text, re.MULTILINE) for text in texts)


@pytest.mark.parametrize("fence", fences(PAGE), ids=str)
def test_model_is_right(fence: Fence) -> None:
    assert fence.language == "ion"
    _, findings = pipeline.examine(Source("physics.md", fence.text))
    assert findings == ()


@pytest.mark.tex
@pytest.mark.slow
@pytest.mark.skipif(shutil.which(pdf.TYPESETTER) is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("fence", fences(PAGE), ids=str)
def test_model_is_typeset(fence: Fence, tmp_path: Path) -> None:
    tex = tmp_path / "model.tex"
    tex.write_text(latex.generate(pipeline.resolve(Source("physics.md", fence.text))), encoding="ascii")
    log = pdf.typeset(tex).log
    assert not re.search(r"Overfull|undefined|LaTeX Warning", log)
