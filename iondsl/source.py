"""A text that was read, and places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from iondsl.immutable import frozen

COMMENT = re.compile(r'("[^"\n]*")|#[^\n]*')


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file: its name as the user gave it, and its text. `bundled`: it came with the package.

    `folder` is the one in which a library was sought; it makes no difference for what the library is.
    """

    name: str
    text: str
    bundled: bool = False
    folder: str = ""
    line_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts = (0, *(newline.end() for newline in re.finditer("\n", self.text)))
        object.__setattr__(self, "line_starts", starts)

    def seen_from(self, user: Source) -> str:
        """Its name for readers of another file: from the folder of that one, or from where it was sought."""
        path = PurePath(self.name)
        for folder in (PurePath(user.name).parent, PurePath(self.folder)):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.as_posix()

    def line_column(self, position: int) -> tuple[int, int]:
        """Line and column of a position, both counted from 1."""
        line = bisect_right(self.line_starts, position)
        return line, position - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@frozen
class Span:
    """A stretch of a source: every syntax node and every diagnostic has one.

    `via` is the `use` line that brought it to where it is now, of what was written in a part. It makes no difference
    when spans are compared: one mistake in a part is one, however often that is used.
    """

    source: Source
    start: int
    end: int
    via: Span | None = field(default=None, compare=False)

    @property
    def line(self) -> int:
        return self.source.line_column(self.start)[0]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def as_written(self) -> str:
        """The text in one line, without comments."""
        return " ".join(COMMENT.sub(lambda found: found[1] or "", self.text).split())

    @property
    def user(self) -> Span | None:
        """The `use` line of another file that brought it here; None for what stands in the file that is read."""
        via = self.via
        while via is not None and via.source is self.source:
            via = via.via
        return via

    @property
    def order(self) -> tuple[int, ...]:
        """What puts things in the order of the file: those of a part stand where its `use` does."""
        return (*(() if self.via is None else self.via.order), self.start)

    def to(self, other: Span) -> Span:
        """The stretch from the start of this one to the end of `other`."""
        return replace(self, end=other.end)

    def part(self, start: int, end: int) -> Span:
        """A stretch inside this one, by offsets from its start."""
        return replace(self, start=self.start + start, end=self.start + end)
