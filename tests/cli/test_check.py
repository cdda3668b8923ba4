"""`iondsl check`: all findings, and what they mean for the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iondsl import pipeline
from iondsl.errors import Diagnostic
from tests.cli.outcome import Command


def test_a_model_without_errors(iondsl: Command, passive: Path) -> None:
    done = iondsl("check", passive)
    assert (done.code, done.out, done.err) == (0, "no errors in 1 file\n", "")


def test_bundled_models_are_right(iondsl: Command) -> None:
    done = iondsl("check", "hodgkin_huxley_1952", "morris_lecar_1981")
    assert (done.code, done.out) == (0, "no errors in 2 files\n")


def test_every_error_is_printed_in_source_order(iondsl: Command, wrong: Path) -> None:
    done = iondsl("check", wrong)
    assert done.code == 1
    assert done.err == ""
    first, second = (done.out.index(f"{wrong}:{line}:") for line in (5, 6))
    assert first < second
    assert "error[E201]: unknown name `haf`" in done.out
    assert "      = did you mean `half`?" in done.out
    assert done.out.splitlines()[-1] == "2 errors in 1 file"


def test_json(iondsl: Command, wrong: Path) -> None:
    done = iondsl("check", wrong, "--json")
    assert done.code == 1
    first, second = json.loads(done.out)
    assert first == {
        "file": str(wrong),
        "line": 5,
        "column": 15,
        "end_line": 5,
        "end_column": 18,
        "code": "E201",
        "severity": "error",
        "message": "unknown name `haf`",
        "cure": "did you mean `half`?",
    }
    assert (second["line"], second["code"]) == (6, "E107")


def test_json_without_findings_is_an_empty_list(iondsl: Command, passive: Path) -> None:
    assert json.loads(iondsl("check", passive, "--json").out) == []


def test_a_missing_file_does_not_hide_the_others(iondsl: Command, wrong: Path, tmp_path: Path) -> None:
    done = iondsl("check", tmp_path / "nowhere.ion", wrong)
    assert done.code == 2
    assert "nowhere.ion" in done.err
    assert "unknown name `haf`" in done.out


def test_warnings_alone_are_no_failure(iondsl: Command, passive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warning = Diagnostic("W101", "suspicious", None, "look again")
    monkeypatch.setattr(pipeline, "examine", lambda source, strict, library: (None, (warning,)))
    done = iondsl("check", passive)
    assert done.code == 0
    assert done.out == "warning[W101]: suspicious\n      = look again\nno errors, 1 warning in 1 file\n"
    [found] = json.loads(iondsl("check", passive, "--json").out)
    assert (found["severity"], found["line"]) == ("warning", None)


def test_units(iondsl: Command) -> None:
    done = iondsl("check", "--units", "hodgkin_huxley_1952")
    assert done.code == 0
    assert "        read as 0.1 [1/(mV ms)], 40 [mV], 10 [mV]" in done.out.splitlines()
    assert done.out.splitlines()[-1] == "no errors in 1 file"


def test_strict(iondsl: Command) -> None:
    done = iondsl("check", "--strict", "hodgkin_huxley_1952")
    assert done.code == 1
    assert "= write `40 [mV]`" in done.out
