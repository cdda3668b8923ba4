"""Whoever changes the compiler never sees stale code, and whoever does not reads none of it again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from iondsl.cache import code
from iondsl.cache.code import code_key, own_code
from iondsl.cache.fingerprint import digest
from iondsl.cache.store import Cache


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A template in a folder that was appended to those of the package."""
    templates = import_module("iondsl.templates")
    folder = tmp_path / "templates"
    folder.mkdir()
    monkeypatch.setattr(templates, "__path__", [*templates.__path__, str(folder)])
    (folder / "added.j2").write_text("one")
    return folder / "added.j2"


@pytest.fixture
def at_rest(added: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no file had changed lately."""
    monkeypatch.setattr(code, "JUST_NOW", 0)
    time.sleep(0.05)


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


@pytest.mark.usefixtures("at_rest")
def test_files_at_rest_are_read_once(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = code_key(cache)
    assert first == digest(*own_code())
    monkeypatch.setattr(code, "own_code", unread)
    assert code_key(cache) == first


@pytest.mark.usefixtures("at_rest")
def test_an_edit_is_noticed(cache: Cache, added: Path) -> None:
    """Of the same size, and with its time set back to what it was."""
    first, before = code_key(cache), added.stat()
    added.write_text("two")
    os.utime(added, ns=(before.st_atime_ns, before.st_mtime_ns))
    time.sleep(0.05)
    assert code_key(cache) != first
    added.write_text("one")
    time.sleep(0.05)
    assert code_key(cache) == first


def test_what_changed_just_now_is_read(cache: Cache, added: Path) -> None:
    """However fast one edit follows another."""
    keys = []
    for number in range(10):
        added.write_text(f"{number}")
        keys.append(code_key(cache))
    assert len(set(keys)) == len(keys)
    assert not (cache.root / "code").exists()


@pytest.mark.usefixtures("at_rest")
def test_without_a_cache(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert code_key(Cache(blocked)) == digest(*own_code())


def unread() -> Iterator[bytes]:
    raise AssertionError("read again")
