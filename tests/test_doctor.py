"""What `iondsl doctor` reports where something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl import doctor
from iondsl.doctor import Fact, examine, missing


def named(facts: tuple[Fact, ...]) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts}


def test_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CFLAGS", "-Ofast")
    facts = examine()
    known = named(facts)
    assert len(known) == len(facts)
    assert known["cython"].value[0].isdigit()
    assert known["cache writable"].value == "yes"
    assert known["CFLAGS"].value.startswith("-Ofast (not used")
    assert all(fact.value for fact in facts)


def test_without_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IONDSL_CC", "CC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    lacking = named(missing(examine()))
    assert "no C compiler was found" in lacking["C compiler"].value
    assert "--target numpy" in lacking["C compiler"].cure
    assert "texlive" in lacking["TeX"].cure


def test_cache_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(tmp_path / "file"))
    lacking = named(missing(examine()))
    assert "IONDSL_CACHE_DIR" in lacking["cache writable"].cure


def test_missing_headers_and_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "include_folder", lambda: tmp_path)
    monkeypatch.setattr(doctor, "NEEDED", ("no-such-package",))
    lacking = named(missing(examine()))
    assert "python3-dev" in lacking["Python.h"].cure
    assert lacking["no-such-package"].cure == "pip install no-such-package"
