"""The files that `iondsl new` begins a model with: those of `templates/new/`, which are models called NAME.

The commands at the head of each are what its user types next.
"""

from __future__ import annotations

import re

from iondsl import resources

FOLDER = "new"
NAME = re.compile(r"\bNAME\b")
COMMAND = re.compile(r"^# +(iondsl .+)$", re.MULTILINE)


def templates() -> tuple[str, ...]:
    """The names of those that there are."""
    return resources.names(resources.TEMPLATES, ".ion", FOLDER)


def beginning(template: str, name: str) -> str:
    """The text of a file whose model has this name."""
    return NAME.sub(name, resources.text(resources.TEMPLATES, f"{FOLDER}/{template}.ion"))


def commands(text: str) -> tuple[str, ...]:
    """The command lines in the comments of such a file."""
    return tuple(COMMAND.findall(text))
