"""`.tex` → `.pdf`: where there is TeX, where there is none, and where it fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from iondsl import pdf
from iondsl.errors import CompilerError

NEEDS_TEX = pytest.mark.skipif(shutil.which(pdf.TYPESETTER) is None, reason="pdflatex is not installed")
DOCUMENT = r"\documentclass{article}\begin{document}%s\end{document}"


@pytest.mark.tex
@NEEDS_TEX
def test_nothing_but_the_pdf_is_left_beside_the_text(tmp_path: Path) -> None:
    tex = tmp_path / "a name with spaces, ~ and é.tex"
    tex.write_text(DOCUMENT % "x", encoding="utf-8")
    done = pdf.typeset(tex)
    assert done.pdf == tex.with_suffix(".pdf")
    assert done.pdf.read_bytes().startswith(b"%PDF")
    assert "Output written on" in done.log
    assert sorted(tmp_path.iterdir()) == sorted([tex, done.pdf])


@pytest.mark.tex
@NEEDS_TEX
def test_references_are_resolved(tmp_path: Path) -> None:
    tex = tmp_path / "references.tex"
    tex.write_text(DOCUMENT % r"\section{One}\label{one}\ref{one}", encoding="utf-8")
    assert "undefined" not in pdf.typeset(tex).log


@pytest.mark.tex
@NEEDS_TEX
def test_a_failure_shows_the_end_of_the_log(tmp_path: Path) -> None:
    tex = tmp_path / "wrong.tex"
    tex.write_text(DOCUMENT % r"\nosuchcommand", encoding="utf-8")
    with pytest.raises(CompilerError, match="Undefined control sequence") as raised:
        pdf.typeset(tex)
    assert not isinstance(raised.value, pdf.TexMissingError)
    assert list(tmp_path.iterdir()) == [tex]


def test_without_tex_the_text_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tex = tmp_path / "document.tex"
    tex.write_text(DOCUMENT % "x", encoding="utf-8")
    with pytest.raises(pdf.TexMissingError, match="pdflatex is not installed: .*document.tex was left as it is"):
        pdf.typeset(tex)
    assert tex.is_file()
