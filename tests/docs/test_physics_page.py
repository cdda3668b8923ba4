"""docs/physics.md lists every physical function as `iondsl.laws` states it."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl.laws import LAWS

PAGE = Path(__file__).parent.parent.parent / "docs" / "physics.md"


@pytest.mark.parametrize("name", LAWS)
def test_function_is_in_the_table(name: str) -> None:
    law = LAWS[name]
    row = f"| {law.doc} | `{law.equation}` | {law.unit} | {law.source} |"
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{name}(")]
    assert [line.partition(" | ")[2] for line in lines] == [row.removeprefix("| ")]
