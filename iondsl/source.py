"""A text that was read, and places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file: its name as the user gave it, and its text."""

    name: str
    text: str
    line_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts = (0, *(newline.end() for newline in re.finditer("\n", self.text)))
        object.__setattr__(self, "line_starts", starts)

    def line_column(self, position: int) -> tuple[int, int]:
        """Line and column of a position, both counted from 1."""
        line = bisect_right(self.line_starts, position)
        return line, position - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: every syntax node and every diagnostic has one."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.line_column(self.start)[0]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The stretch from the start of this one to the end of `other`."""
        return Span(self.source, self.start, other.end)

    def part(self, start: int, end: int) -> Span:
        """A stretch inside this one, by offsets from its start."""
        return Span(self.source, self.start + start, self.start + end)
