"""`iondsl fmt`: what it rewrites, says, and leaves alone."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from iondsl.cli import main
from tests.cli.outcome import Command

UGLY = "part a:\n  x=1\n"
FORMATTED = "part a:\n    x = 1\n"
BROKEN = "part a:\n  x=(1\n"


@pytest.fixture
def ugly(tmp_path: Path) -> Path:
    path = tmp_path / "ugly.ion"
    path.write_text(UGLY)
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.ion"
    path.write_text(FORMATTED)
    return path


def test_files_are_rewritten_once(iondsl: Command, ugly: Path, good: Path) -> None:
    before = good.stat()
    done = iondsl("fmt", ugly, good)
    assert (done.code, done.out, done.err) == (0, f"formatted {ugly}\nformatted 1 of 2 files\n", "")
    assert ugly.read_text() == FORMATTED
    assert (good.stat().st_ino, good.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert iondsl("fmt", ugly, good).out == "formatted 0 of 2 files\n"


def test_check_names_what_is_not_formatted(iondsl: Command, ugly: Path, good: Path) -> None:
    done = iondsl("fmt", "--check", ugly.parent)
    assert (done.code, done.out) == (1, f"{ugly} is not formatted\n1 of 2 files to be formatted\n")
    assert ugly.read_text() == UGLY
    assert iondsl("fmt", "--check", good).code == 0


def test_diff(iondsl: Command, ugly: Path, good: Path) -> None:
    done = iondsl("fmt", "--diff", ugly, good)
    assert done.code == 0
    assert done.out == f"--- {ugly}\n+++ {ugly}\n@@ -1,2 +1,2 @@\n part a:\n-  x=1\n+    x = 1\n"
    assert ugly.read_text() == UGLY
    assert iondsl("fmt", "--diff", "--check", ugly).code == 1


def test_a_file_with_errors_is_left_alone_and_hides_no_other(iondsl: Command, ugly: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ion"
    broken.write_text(BROKEN)
    done = iondsl("fmt", broken, ugly)
    assert (done.code, done.out) == (1, f"formatted {ugly}\nformatted 1 of 1 file\n")
    assert done.err.startswith(f"{broken}:2:5: error[E103]: this `(` is never closed")
    assert broken.read_text() == BROKEN


def test_what_cannot_be_read(iondsl: Command, ugly: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = iondsl("fmt", tmp_path / "nowhere.ion", "hodgkin_huxley_1952", tmp_path / "empty", ugly)
    assert done.code == 2
    assert "there is no file and no bundled model" in done.err
    assert "there is no file `hodgkin_huxley_1952`; a bundled model is formatted by the path of its file" in done.err
    assert "there is no .ion file in" in done.err
    assert ugly.read_text() == FORMATTED


@pytest.mark.parametrize("words", [(), ("--check",), ("--diff",)])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UGLY.encode())))
    code = main(["fmt", "-", *words])
    out = capsys.readouterr().out
    match words:
        case ("--check",):
            assert (code, out) == (1, "- is not formatted\n")
        case ("--diff",):
            assert (code, out.splitlines()[-1]) == (0, "+    x = 1")
        case _:
            assert (code, out) == (0, FORMATTED)


def test_a_file_that_must_not_be_written(iondsl: Command, ugly: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    done = iondsl("fmt", ugly)
    assert done.code == 2
    assert done.err == f"error: `{ugly}` cannot be written: Permission denied\n"
    assert ugly.read_text() == UGLY
