"""`iondsl cache`: where it is, what it holds, and how it is emptied."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl.cli.cache import age, size
from tests.cli.outcome import Command


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own, for what empties it."""
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_dir(iondsl: Command, empty: Path) -> None:
    assert iondsl("cache", "dir").out == f"{empty}\n"


def test_list_and_clear(iondsl: Command, empty: Path, passive: Path) -> None:
    assert iondsl("cache", "list").out == f"nothing in {empty}\n"
    assert iondsl("run", passive, "--target", "numpy", "--until", "1").code == 0
    heading, *entries = iondsl("cache", "list").out.splitlines()
    assert heading.split() == ["NAME", "KIND", "SIZE", "AGE", "KEY"]
    assert ["passive", "generated"] in [entry.split()[:2] for entry in entries]
    assert iondsl("cache", "clear").out.startswith(f"removed {len(entries)} entr")
    assert iondsl("cache", "clear").out == f"removed 0 entries from {empty}\n"


def test_a_cache_that_cannot_be_written(iondsl: Command, empty: Path, passive: Path) -> None:
    empty.touch()
    done = iondsl("run", passive, "--target", "numpy")
    assert done.code == 2
    assert done.err.startswith(f"error: the cache {empty} cannot be written")
    assert "IONDSL_CACHE_DIR" in done.err


def test_sizes_and_ages_for_people() -> None:
    assert [size(number) for number in (200, 1_500, 2_600_000)] == ["0.2 kB", "1.5 kB", "2.6 MB"]
    assert [age(seconds) for seconds in (5, 600, 7200, 200_000)] == ["5 s", "10 min", "2 h", "2 d"]
