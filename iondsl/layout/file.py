"""A file → its text: statements and comments at the depth of their blocks, and the blank lines between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from iondsl.errors import ModelError, errors
from iondsl.layout.breaks import broken
from iondsl.layout.columns import Line, aligned
from iondsl.layout.rows import STEP, rows
from iondsl.layout.statement import Statement, statement
from iondsl.layout.tokens import Comment
from iondsl.parser import parse
from iondsl.parser.lines import TAB, logical_lines
from iondsl.source import Source

LINE = re.compile(r"[^\n]*\n|[^\n]+")
BLANK = Line(0, "")


def format_source(source: Source) -> str:
    """The text of a source in its canonical layout. Raises ModelError with what is wrong with its form."""
    _, findings = parse(source)
    if errors(findings):
        raise ModelError(findings)
    return laid_out(source)


def laid_out(source: Source) -> str:
    """The same for a text without errors of form."""
    writer = Writer()
    for indent, item in items(source):
        if isinstance(item, Statement):
            writer.add(indent, item)
        else:
            writer.waiting.append((indent, item))
    writer.place_waiting(0)
    return "".join(f"{line}\n" for line in aligned(writer.lines))


def items(source: Source) -> Iterator[tuple[int, Statement | str]]:
    """Statements, comments and blank lines (empty texts) in order, with the indentation that they have."""
    text, done = source.text, 0
    for line in logical_lines(source):
        yield from between(text[done : text.rfind("\n", 0, line.span.start) + 1])
        end = text.find("\n", line.span.end)
        end = len(text) if end < 0 else end
        yield line.indent, statement(line.span, text[line.span.end : end].strip())
        done = end + 1
    yield from between(text[done:])


def between(text: str) -> Iterator[tuple[int, str]]:
    for line in LINE.findall(text):
        comment = line.strip()
        yield len(line[: line.find(comment)].expandtabs(TAB)), comment


@dataclass(slots=True)
class Writer:
    """`open` are the last statement and the headers around it, each with the indentation that it had.

    `waiting` are the comments and blank lines behind it: their depth depends on the statement that follows. What is
    `deeper` than the last statement belongs to it; it is `fresh` while it is a header with nothing below.
    """

    lines: list[Line] = field(default_factory=list)
    open: list[tuple[int, Statement]] = field(default_factory=list)
    waiting: list[tuple[int, str]] = field(default_factory=list)
    blank: bool = False
    deeper: bool = False
    fresh: bool = False

    def add(self, indent: int, item: Statement) -> None:
        outer = [each for each in self.open if each[0] < indent]
        depth, in_gate = len(outer), bool(outer) and outer[-1][1].tokens[0].text == "gate"
        self.place_waiting(depth)
        lines = list(lines_of(item, STEP * depth, in_gate))
        self.write(depth, lines)
        self.open = [*outer, (indent, item)]
        self.deeper, self.fresh = item.is_header or len(lines) > 1, item.is_header

    def place_waiting(self, least: int) -> None:
        """Write the comments above a statement of depth `least`."""
        for indent, comment in self.waiting:
            if comment:
                depth = self.depth_of(indent, least)
                self.write(depth, [Line(STEP * depth, comment)])
            else:
                self.blank = True
        self.waiting.clear()

    def depth_of(self, indent: int, least: int) -> int:
        """The depth of a comment: that of the block in which it stood, as far as this goes on until or ends here."""
        inside = sum(each[0] <= indent for each in self.open)
        return max(least, inside if self.deeper and self.open and indent > self.open[-1][0] else inside - 1)

    def write(self, depth: int, lines: list[Line]) -> None:
        if self.blank and self.lines and not (self.fresh and depth == len(self.open)):
            self.lines.append(BLANK)
        self.lines += lines
        self.blank = self.fresh = False


def lines_of(item: Statement, indent: int, in_gate: bool) -> Iterator[Line]:
    """The rows of a statement with the comments among them."""
    breaks = broken(item, indent)
    placed = list(rows(item, breaks, indent))
    for row, below in zip_longest(placed, placed[1:]):
        comments = breaks[row.end] if below else (Comment(item.comment, own=False),)
        behind = [comment.text for comment in comments[:1] if not comment.own]
        is_member = in_gate and len(placed) == 1 and item.equals == 1
        equals = len(item.tokens[0].text) + 1 if is_member else 0
        yield Line(row.indent, row.code, "  ".join(filter(None, [row.doc, *behind])), equals)
        yield from (Line(below.indent, each.text) for each in comments if each.own)
