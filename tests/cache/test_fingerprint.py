"""Keys change with everything that a result depends on, and with nothing else."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from iondsl.cache.fingerprint import digest, installed, own_code, processor, source_key
from iondsl.options import Options

FILES = (("cell.ion", b"model cell:\n"),)


def test_digest_tells_parts_apart() -> None:
    keys = {digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest("", "abc")}
    assert len(keys) == 5
    assert digest("µ") == digest("µ".encode())


def test_source_key_follows_files_and_options() -> None:
    keys = {
        source_key(FILES, Options()),
        source_key((("cell.ion", b"model cell:\r\n"),), Options()),
        source_key((("other.ion", FILES[0][1]),), Options()),
        source_key((*FILES, ("part.ion", b"")), Options()),
        source_key(FILES, Options(scheme="rk4")),
        source_key(FILES, Options(held=("V",))),
    }
    assert len(keys) == 6


def test_source_key_is_the_same_in_every_process() -> None:
    script = (
        "from iondsl.cache.fingerprint import source_key; from iondsl.options import Options; "
        f"print(source_key({FILES!r}, Options()))"
    )
    runs = [
        subprocess.run(
            (sys.executable, "-c", script),
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout


def test_own_code_holds_templates_and_added_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates = import_module("iondsl.templates")
    before = list(own_code())
    monkeypatch.setattr(templates, "__path__", [*templates.__path__, str(tmp_path)])
    (tmp_path / "added.j2").write_text("one")
    with_template = list(own_code())
    (tmp_path / "added.j2").write_text("two")
    assert before != with_template != list(own_code())
    (tmp_path / "added.j2").unlink()
    assert list(own_code()) == before


def test_folder_with_a_longer_name_is_not_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code-too").mkdir()
    (tmp_path / "code-too" / "added.j2").write_text("one")
    templates = import_module("iondsl.templates")
    one, other = str(tmp_path / "code"), str(tmp_path / "code-too")
    monkeypatch.setattr(templates, "__path__", [*templates.__path__, one])
    before = list(own_code())
    monkeypatch.setattr(templates, "__path__", [*templates.__path__, other])
    assert list(own_code()) == [*before, b"/added.j2", b"one"]


def test_installed_packages_have_versions() -> None:
    (sympy,) = installed("sympy")
    assert sympy.startswith("sympy-1.")
    assert installed("no_such_package") == []


def test_processor_is_steady() -> None:
    assert processor()
    assert processor() == processor()
    assert "MHz" not in processor()
