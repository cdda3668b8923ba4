"""Lines → blocks, from indentation. A line that fails is reported and never hides the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from iondsl.errors import Diagnostic
from iondsl.parser.line import Parsed, parse_line
from iondsl.parser.lines import Line, logical_lines
from iondsl.source import Source, Span
from iondsl.syntax import Block, Program, Statement

MAX_LINES = 100_000
MAX_BLOCKS = 20
WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


@dataclass(slots=True)
class Level:
    """An open block. Its indentation is known once its first line is read.

    A line that could not be read may have been a header: it opens a level without one. `unread` are the names that
    the lost lines of the block may have declared; `stray` is the indentation of lines that stand too deep in it.
    """

    header: Block | None
    indent: int | None
    body: list[Statement] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    stray: int | None = None


def parse(source: Source) -> tuple[Program, tuple[Diagnostic, ...]]:
    """The program, as far as it could be read, and everything that is wrong with its form."""
    lines = list(logical_lines(source))
    reader = Reader([Level(None, margin_of(lines))], [])
    for line in lines[:MAX_LINES]:
        reader.read(line)
    findings = reader.findings
    if len(lines) > MAX_LINES:
        findings.append(Diagnostic("E111", f"more than {MAX_LINES:,} lines", lines[MAX_LINES].span))
    if not lines:
        findings.append(Diagnostic("E108", "the file is empty", end_of(source), "begin with `model NAME:`"))
    findings += [*indented(lines), *tabs(lines)]
    top = reader.close_all()
    return Program(source, tuple(top.body), frozenset(top.unread)), tuple(findings)


@dataclass(slots=True)
class Reader:
    """Builds the blocks of one file, line by line. `levels` are the open ones; the first is the file itself.

    `cut` is the indentation of a line that ended too early: deeper lines below it are what it lacks.
    """

    levels: list[Level]
    findings: list[Diagnostic]
    cut: int | None = None

    def read(self, line: Line) -> None:
        """Parse a line and put it where its indentation says."""
        if self.cut is not None and line.indent > self.cut:
            return
        problem = self.place(line)
        parsed = parse_line(line.span) if line.problem is None else Parsed(None, (line.problem,), opens=True)
        self.cut = line.indent if parsed.cut_short else None
        if problem is None or parsed.statement is not None:
            self.findings += parsed.findings
        self.findings += [problem] if problem is not None else []
        level = self.levels[-1]
        if parsed.statement is None or (level.header is None and len(self.levels) > 1):
            level.unread |= declared(line.span)
        if parsed.opens and len(self.levels) > MAX_BLOCKS:
            self.cut = line.indent
            self.findings.append(Diagnostic("E112", f"blocks nested more than {MAX_BLOCKS} deep", line.span))
        elif parsed.opens:
            header = parsed.statement if isinstance(parsed.statement, Block) else None
            self.levels.append(Level(header, None))
        elif parsed.statement is not None:
            level.body.append(parsed.statement)

    def place(self, line: Line) -> Diagnostic | None:
        """Close the blocks that the line's indentation leaves, and say so where it fits none."""
        if self.levels[-1].indent is None:
            outer = next(level.indent for level in reversed(self.levels) if level.indent is not None)
            if line.indent > outer:
                self.levels[-1].indent = line.indent
                return None
            self.close()
        while len(self.levels) > 1 and line.indent <= (self.levels[-2].indent or 0):
            self.close()
        level = self.levels[-1]
        if line.indent == level.indent or line.tabs is not None or line.indent == level.stray:
            return None
        level.stray = line.indent
        return misplaced(line, [each.indent or 0 for each in self.levels[-2:]])

    def close(self) -> None:
        """End the innermost block. What stood below a failed header is dropped: it was checked for form."""
        level = self.levels.pop()
        if level.header is None:
            self.levels[-1].unread |= level.unread
        else:
            block = replace(level.header, body=tuple(level.body), unread=frozenset(level.unread))
            self.levels[-1].body.append(block)

    def close_all(self) -> Level:
        while len(self.levels) > 1:
            self.close()
        return self.levels[0]


def misplaced(line: Line, indents: list[int]) -> Diagnostic:
    """E105 for a line that is deeper than the innermost of the open blocks, or between the last two."""
    where = Span(line.span.source, line.span.start - line.indent, line.span.start)
    if line.indent < indents[-1]:
        cure = f"indent it by {indents[0]} or by {indents[-1]} spaces"
        return Diagnostic("E105", "this indentation fits no block above", where, cure)
    cure = "only below a line that ends with `:` or `=`, or inside parentheses, is a line indented deeper"
    return Diagnostic("E105", "unexpected indentation", where, cure)


def margin_of(lines: list[Line]) -> int:
    """The indentation that all lines of a file have in common."""
    return min((line.indent for line in lines), default=0)


def indented(lines: list[Line]) -> Iterator[Diagnostic]:
    """One finding for a file that is indented as a whole; it is read as if it were not."""
    if margin_of(lines) > 0 and lines[0].tabs is None:
        first = lines[0]
        where = Span(first.span.source, first.span.start - first.indent, first.span.start)
        yield Diagnostic("E105", "the whole file is indented", where, "begin its outermost lines at the margin")


def end_of(source: Source) -> Span:
    return Span(source, len(source.text), len(source.text))


def declared(span: Span) -> set[str]:
    """The names that a line which cannot be read may declare: all words up to its first `=`."""
    return set(WORD.findall(span.text.partition("=")[0]))


def tabs(lines: list[Line]) -> Iterator[Diagnostic]:
    """One finding for all the tabs of a file; their lines are read as if a tab stood for four spaces."""
    margins = [line.tabs for line in lines if line.tabs is not None]
    if margins:
        more = f", and in {len(margins) - 1} more" if len(margins) > 1 else ""
        cure = "indent with spaces only"
        yield Diagnostic("E104", f"a tab in the indentation of this line{more}", margins[0], cure)
