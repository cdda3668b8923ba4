"""The physical lines of a file, one after the other."""

from __future__ import annotations

from iondsl.immutable import frozen
from iondsl.source import Source, Span

TAB = 8


@frozen
class Row:
    """One physical line. Its code is from `first` to `end`: without margin, comment and space before it.

    `last` is where the whole line ends; `comments` is whether there is a comment.
    """

    source: Source
    start: int
    first: int
    end: int
    last: int
    comments: bool

    @property
    def code(self) -> str:
        return self.source.text[self.first : self.end]

    @property
    def indent(self) -> int:
        """The column at which the code begins."""
        return len(self.source.text[self.start : self.first].expandtabs(TAB))

    def behind(self, position: int) -> Row:
        """What is left of the code behind a place in it."""
        return row_between(self.source, self.start, position, self.last)

    def span(self, start: int) -> Span:
        """From a place in it to the end of its code."""
        return Span(self.source, start, self.end)


def row_between(source: Source, start: int, first: int, last: int) -> Row:
    """The line from `start` to `last`, of which nothing before `first` is code."""
    text = source.text
    comment = text.find("#", first, last)
    code = text[first : last if comment < 0 else comment].rstrip()
    margin = len(code) - len(code.lstrip(" \t"))
    return Row(source, start, first + margin, first + len(code), last, comment >= 0)


class Rows:
    """Where a reader of lines stands."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.number = 0

    def take(self) -> Row | None:
        """The next line; None behind the last."""
        starts = self.source.line_starts
        if self.number == len(starts):
            return None
        start = starts[self.number]
        self.number += 1
        last = starts[self.number] - 1 if self.number < len(starts) else len(self.source.text)
        return row_between(self.source, start, start, last)

    def back(self) -> None:
        """Read the last line once more."""
        self.number -= 1
