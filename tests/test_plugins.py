"""Targets and schemes are found by the names of their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl import plugins, targets
from iondsl.errors import UsageError


def test_names_are_modules_without_helpers() -> None:
    assert {"cython", "numpy"} <= set(plugins.names("iondsl.targets"))
    assert not any(name.startswith("_") for name in plugins.names("iondsl.targets"))


def test_load() -> None:
    module = targets.load("numpy")
    assert (module.READS, module.EXTENSION) == ("step", ".py")


@pytest.mark.parametrize("name", ["fortran", "_names", "", "numpy.linalg", "../numpy"])
def test_an_unknown_name_is_refused_with_those_that_there_are(name: str) -> None:
    with pytest.raises(UsageError, match=r"(?s)unknown target `.*`; available: .*cython.*numpy"):
        targets.load(name)


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(UsageError, match="did you mean `cython`"):
        targets.load("cyton")


def test_a_file_in_an_appended_folder_is_a_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "added_by_a_test.py").write_text('READS = "step"\n')
    monkeypatch.setattr(targets, "__path__", [*targets.__path__, str(tmp_path)])
    assert "added_by_a_test" in plugins.names("iondsl.targets")
    assert targets.load("added_by_a_test").READS == "step"
