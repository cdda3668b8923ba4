"""What is said about each file of tests/invalid: exactly the text beside it, over all stages of the front end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iondsl import pipeline, reading
from iondsl.errors import ModelError
from iondsl.source import Source

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "tests" / "invalid").glob("*.ion"))
FRONT_END = ("parser", "elaborate", "checks")

# Limits on size and what `reading` refuses; tests/parser/test_hostile.py and tests/test_reading.py have them.
ELSEWHERE = {"E111"}


def diagnostics(path: Path) -> str:
    """All findings of a file as a user sees them in its folder."""
    source = Source(path.name, reading.read(str(path)).text)
    _, findings = pipeline.examine(source)
    assert findings
    return f"{ModelError(findings)}\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_diagnostics(path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    found, expected = diagnostics(path), path.with_suffix(".expected")
    if request.config.getoption("--update-golden"):
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert found == expected.read_text(encoding="utf-8")


def test_every_code_is_shown() -> None:
    sources = [path for package in FRONT_END for path in (ROOT / "iondsl" / package).rglob("*.py")]
    raised = {code for path in sources for code in re.findall(r'"([EW][0-9]{3})"', path.read_text(encoding="utf-8"))}
    shown = {
        code
        for path in FILES
        for code in re.findall(r"\[([EW][0-9]{3})\]", path.with_suffix(".expected").read_text(encoding="utf-8"))
    }
    assert raised - shown - ELSEWHERE == set()
