"""The examples of docs/physics.md, by the number of their row."""

from __future__ import annotations

import re
from pathlib import Path

import iondsl
from tests.docs.fences import fences
from tests.physics.models import loaded

PAGE = Path(__file__).parent.parent.parent / "docs" / "physics.md"
ROW = re.compile(r"## (\d+)\. ")


def examples() -> dict[int, list[str]]:
    """The models below each numbered heading, in order."""
    found: dict[int, list[str]] = {}
    blocks = {fence.line: fence for fence in fences(PAGE)}
    row = 0
    for number, line in enumerate(PAGE.read_text(encoding="utf-8").splitlines(), start=1):
        heading = ROW.match(line)
        if heading is not None:
            row = int(heading[1])
            found[row] = []
        elif number in blocks and blocks[number].language == "ion":
            found[row].append(blocks[number].text)
    return found


def example(row: int, folder: Path, place: int = 0, behind: str = "") -> iondsl.Model:
    """The model of a row, `behind` with further lines; rows may have several."""
    return loaded(examples()[row][place] + behind, folder)
