"""`iondsl export`: where documents go. What stands in them is tested with their targets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.outcome import Command

TEX = shutil.which("pdflatex")


def test_to_the_terminal(iondsl: Command, passive: Path) -> None:
    done = iondsl("export", "latex", passive)
    assert (done.code, done.err) == (0, "")
    assert "\\documentclass" in done.out
    assert done.out.endswith("\\end{document}\n")


def test_to_a_file(iondsl: Command, passive: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.tex"
    done = iondsl("export", "latex", passive, "-o", file)
    assert (done.code, done.out) == (0, f"wrote {file}\n")
    assert file.read_text(encoding="utf-8") == iondsl("export", "latex", passive).out


@pytest.mark.tex
@pytest.mark.skipif(TEX is None, reason="pdflatex is not installed")
def test_pdf(iondsl: Command, passive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = iondsl("export", "latex", passive, "--pdf")
    assert (done.code, done.out) == (0, "wrote passive.tex\nwrote passive.pdf\n")
    assert (tmp_path / "passive.pdf").read_bytes().startswith(b"%PDF")


def test_without_tex_the_document_stays(
    iondsl: Command, passive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = iondsl("export", "latex", passive, "--pdf", "-o", tmp_path / "out.tex")
    assert (done.code, done.out) == (3, f"wrote {tmp_path / 'out.tex'}\n")
    assert "pdflatex is not installed" in done.err
    assert (tmp_path / "out.tex").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["ltex", "m.ion"], "did you mean `latex`?"),
        (["hodgkin_huxley_1952"], "the format comes first: `iondsl export latex hodgkin_huxley_1952`"),
        (["mine.ion", "latex"], "the format comes first: `iondsl export latex mine.ion`"),
        (["numpy", "hodgkin_huxley_1952"], "`numpy`"),
        (["latex", "hodgkin_huxley_1952", "-o", "out.pdf"], "-o out.pdf: the name must end in .tex"),
        (["latex", "hodgkin_huxley_1952", "-o", "no/out.tex"], "there is no folder no"),
        (["latex", "nowhere.ion"], "nowhere.ion"),
    ],
)
def test_slips(iondsl: Command, words: list[str], message: str) -> None:
    done = iondsl("export", *words)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_wrong_model_leaves_no_file(iondsl: Command, wrong: Path, tmp_path: Path) -> None:
    done = iondsl("export", "latex", wrong, "-o", tmp_path / "out.tex")
    assert (done.code, done.out) == (1, "")
    assert not (tmp_path / "out.tex").exists()
