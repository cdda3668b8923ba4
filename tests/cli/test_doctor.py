"""`iondsl doctor`."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl import doctor
from iondsl.doctor import Fact
from tests.cli.outcome import Command


def test_this_machine(iondsl: Command, cache_dir: Path) -> None:
    done = iondsl("doctor")
    assert done.code == 0
    for fact in ("C compiler", "flags", "SIMD width", "Python.h"):
        assert fact in done.out
    assert str(cache_dir) in done.out


def test_what_is_missing_comes_with_its_cure(iondsl: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = (Fact("Python", "3.11"), Fact("TeX", "missing", "for --pdf: install TeX"))
    monkeypatch.setattr(doctor, "examine", lambda: facts)
    done = iondsl("doctor")
    assert done.code == 0
    assert done.out == "Python  3.11\nTeX     missing\n\nTeX: for --pdf: install TeX\n"


def test_without_compiler(iondsl: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("IONDSL_CC", "CC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    done = iondsl("doctor")
    assert done.code == 3
    assert "--target numpy" in done.out
