"""Packaged files, also those of folders that were appended to a package."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from iondsl import resources


def test_text() -> None:
    assert "ion_exp" in resources.text(resources.TEMPLATES, "vecmath.h")


def test_a_missing_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"iondsl.templates has no file none\.j2"):
        resources.text(resources.TEMPLATES, "none.j2")


def test_a_file_in_an_appended_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "extra.j2").write_text("extra", encoding="utf-8")
    (tmp_path / "vecmath.h").write_text("does not hide the packaged file", encoding="utf-8")
    templates = import_module(resources.TEMPLATES)
    monkeypatch.setattr(templates, "__path__", [*templates.__path__, str(tmp_path)])
    assert resources.text(resources.TEMPLATES, "below/extra.j2") == "extra"
    assert "ion_exp" in resources.text(resources.TEMPLATES, "vecmath.h")


def test_bundled_models() -> None:
    names = resources.bundled_models()
    assert "hodgkin_huxley_1952" in names
    assert names == tuple(sorted(names))
    assert "model hodgkin_huxley_1952:" in resources.bundled_model("hodgkin_huxley_1952")


def test_an_unknown_bundled_model_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"iondsl.bundled has no file nobody_1900\.ion"):
        resources.bundled_model("nobody_1900")
