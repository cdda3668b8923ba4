"""Files that a command is asked to write: refused before the work, not after it."""

from __future__ import annotations

import os
from pathlib import Path


def refusals(option: str, path: Path | None, suffixes: tuple[str, ...]) -> list[str]:
    """Why a file with one of these suffixes cannot be written, if it cannot."""
    if path is None:
        return []
    if path.suffix.lower() not in suffixes:
        *others, last = suffixes
        choice = f"{', '.join(others)} or {last}" if others else last
        return [f"{option} {path}: the name must end in {choice}"]
    if path.is_dir():
        return [f"{option} {path} is a folder"]
    if not path.parent.is_dir():
        return [f"{option} {path}: there is no folder {path.parent}"]
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        return [f"{option} {path} cannot be written"]
    return []
