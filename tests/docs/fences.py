"""The fenced blocks of a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MARK = "```"


@dataclass(frozen=True, slots=True)
class Fence:
    """`language` stands behind the opening mark; `line` is that of the mark, counted from 1."""

    language: str
    text: str
    line: int

    def __str__(self) -> str:
        return f"line_{self.line}"


def fences(page: Path) -> tuple[Fence, ...]:
    """All of them, in order. Raises ValueError where the last one is not closed."""
    found: list[Fence] = []
    opened: tuple[str, int] | None = None
    body: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(keepends=True), start=1):
        if not line.startswith(MARK):
            body.append(line)
        elif opened is None:
            opened, body = (line.strip().removeprefix(MARK), number), []
        else:
            found.append(Fence(opened[0], "".join(body), opened[1]))
            opened = None
    if opened is not None:
        raise ValueError(f"{page.name}, line {opened[1]}: the block is never closed")
    return tuple(found)
