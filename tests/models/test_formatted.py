"""All files that come with iondsl are in their canonical layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl.layout.disk import files, format_bytes

ROOT = Path(__file__).parent.parent.parent
FILES = [*files(ROOT / "models"), *files(ROOT / "templates")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file(path: Path) -> None:
    assert not format_bytes(str(path), path.read_bytes()).differs, f"run `iondsl fmt {path}`"
