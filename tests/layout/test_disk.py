"""Files: found, formatted as bytes, replaced as a whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iondsl.errors import UsageError
from iondsl.layout.disk import files, format_bytes, write


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_line_ends_of_a_file_stay(end: bytes) -> None:
    result = format_bytes("a.ion", b"part a:" + end + b" x=1")
    assert result.after == b"part a:" + end + b"    x = 1" + end
    assert result.differs
    assert not format_bytes("a.ion", result.after).differs


def test_a_byte_order_mark_goes() -> None:
    assert format_bytes("a.ion", b"\xef\xbb\xbfx = 1\n").after == b"x = 1\n"


def test_a_file_is_replaced_with_its_mode_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.ion", tmp_path / "link.ion"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    write(link, b"new")
    assert link.is_symlink()
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ion", "link.ion"]


def test_what_cannot_be_replaced_stays_and_nothing_is_left_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.ion"
    file.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match=r"a\.ion` cannot be written: No space left on device"):
        write(file, b"new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.ion", "old")]


def test_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "channels").mkdir()
    for name in ("b.ion", "channels/a.ion", "a.txt"):
        (tmp_path / name).write_text("")
    assert files(tmp_path / "a.txt") == [tmp_path / "a.txt"]
    assert files(tmp_path) == [tmp_path / "b.ion", tmp_path / "channels" / "a.ion"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"there is no \.ion file in"):
        files(tmp_path / "empty")
    with pytest.raises(UsageError, match="cannot be read: File name too long"):
        files(tmp_path / ("a" * 300))
