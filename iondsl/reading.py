"""A path or a bundled model's name → Source."""

from __future__ import annotations

from pathlib import Path

from iondsl import resources
from iondsl.errors import UsageError
from iondsl.source import Source


def read(name: str) -> Source:
    """The text of a model. Raises UsageError where there is no such file."""
    path = Path(name)
    if path.is_file():
        return Source(name, path.read_text(encoding="utf-8"))
    try:
        return Source(f"{name}.ion", resources.bundled_model(name))
    except FileNotFoundError as error:
        raise UsageError(f"no file and no bundled model `{name}`") from error
