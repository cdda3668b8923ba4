"""docs/architecture.md names what is there: every module and folder of iondsl/, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "architecture.md"


def on_disk() -> set[str]:
    entries = [path for path in (ROOT / "iondsl").iterdir() if path.name not in ("__init__.py", "__pycache__")]
    folders = {f"{path.name}/" for path in entries if path.is_dir() and any(path.glob("*.py"))}
    return folders | {path.name for path in entries if path.suffix == ".py"}


def test_layout() -> None:
    layout = PAGE.read_text(encoding="utf-8").partition("## Where things are")[2].partition("Outside `iondsl/`")[0]
    first_columns = "".join(re.findall(r"^\| (.*?) \|", layout, re.MULTILINE))
    assert set(re.findall(r"`([^`]+)`", first_columns)) == on_disk()
