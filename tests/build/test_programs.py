"""Programs are found where a shell finds them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from iondsl.build.programs import which


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two folders with a `tool`; in the first it is no program, and `folder` is none at all."""
    for number, mode in enumerate((0o644, 0o755)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "tool").write_text("#!/bin/sh\n")
        (folder / "tool").chmod(mode)
    (tmp_path / "0" / "folder").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'nowhere'}:{tmp_path / '0'}:{tmp_path / '1'}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_first_program_of_a_name(folders: Path) -> None:
    assert which("tool") == str(folders / "1" / "tool")


@pytest.mark.parametrize("name", ["tool", "folder", "none", "", "1/tool", "0/tool", "./1/tool", "/bin/sh", "x" * 300])
def test_as_the_standard_library_finds_it(name: str, folders: Path) -> None:
    found, expected = which(name), shutil.which(name)
    assert (found and Path(found)) == (expected and Path(expected))
