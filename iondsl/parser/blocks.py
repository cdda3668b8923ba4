"""Lines → blocks, from indentation. A line that fails is reported and never hides the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from iondsl.errors import Diagnostic
from iondsl.parser.levels import Level, damaged, declared, is_header
from iondsl.parser.line import Parsed, parse_line
from iondsl.parser.lines import Line, logical_lines
from iondsl.source import Source, Span
from iondsl.syntax import ANY, Block, Program

MAX_DECLARATIONS = 100_000  # one a line; where there are more, none of them is read
WRITTEN = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)
MAX_BLOCKS = 20
MAX_FINDINGS = 1000  # of form; more of them say nothing new


def parse(source: Source) -> tuple[Program, tuple[Diagnostic, ...]]:
    """The program, as far as it could be read, and everything that is wrong with its form."""
    surplus = next(islice(WRITTEN.finditer(source.text), MAX_DECLARATIONS, None), None)
    if surplus is not None:
        where = Span(source, surplus.end() - 1, surplus.end())
        return Program(source, ()), (Diagnostic("E111", f"more than {MAX_DECLARATIONS:,} lines", where),)
    lines = list(logical_lines(source))
    reader = Reader([Level(None, margin_of(lines))], [])
    findings = reader.findings
    for line in lines:
        if len(findings) > MAX_FINDINGS:
            findings.append(Diagnostic("E111", "so many errors that the rest of the file is not read", line.span))
            reader.lose_all()
            break
        reader.read(line)
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
        misplaced, problem = self.place(line)
        parsed = parse_line(line.span) if line.problem is None else Parsed(None, (line.problem,), opens=True)
        self.cut = line.indent if parsed.cut_short else None
        self.findings += [problem] if problem is not None else () if misplaced else parsed.findings
        if misplaced or self.levels[-1].lost or parsed.statement is None:
            self.lose(line, parsed, misplaced)
        elif parsed.opens and isinstance(parsed.statement, Block):
            self.open(line, Level(parsed.statement))
        else:
            self.levels[-1].body.append(parsed.statement)

    def lose(self, line: Line, parsed: Parsed, misplaced: bool) -> None:
        """Keep the names that a lost line may have declared: no error is built on their lack."""
        names = declared(line.span)
        if misplaced and (is_header(line.span) or "\n" in line.span.text):
            names.add(ANY)
        for level in self.levels if misplaced else self.levels[-1:]:
            level.unread |= names - {ANY} if level is not self.levels[-1] else names
        if parsed.opens:
            self.open(line, Level(None, lost=True, unread=set() if is_header(line.span) else {ANY}))

    def lose_all(self) -> None:
        """Whatever is not read may declare anything, in any block."""
        for level in self.levels:
            level.unread.add(ANY)
            level.body = [damaged(each) if isinstance(each, Block) else each for each in level.body]

    def open(self, line: Line, level: Level) -> None:
        if len(self.levels) > MAX_BLOCKS:
            self.cut = line.indent
            self.findings.append(Diagnostic("E112", f"blocks nested more than {MAX_BLOCKS} deep", line.span))
        else:
            self.levels.append(level)

    def place(self, line: Line) -> tuple[bool, Diagnostic | None]:
        """Close the blocks that the line leaves. Whether it is in no place of its own, and what to say about that."""
        if self.levels[-1].indent is None:
            if line.indent > self.indent_above():
                self.begin(line)
                return False, None
            self.close()
        while len(self.levels) > 1 and line.indent <= self.indent_above():
            self.close()
        level = self.levels[-1]
        if line.indent == level.indent or line.tabs is not None or level.lost:
            level.lines, level.stray = level.lines + 1, False
            return False, None
        problem = misplaced(line, [each.indent or 0 for each in self.levels[-2:]])
        if len(self.levels) > 1 and level.lines == 1:
            first, level.indent, level.stray = not level.stray, line.indent, True
            return False, problem if first else None
        if level.stray:
            return True, None
        level.stray = True
        level.damage(2)
        return True, problem

    def indent_above(self) -> int:
        return self.levels[-2].indent or 0

    def begin(self, line: Line) -> None:
        """The first line of a block. Below a line that was no header, it may belong to the block before."""
        above, level = self.levels[-2:]
        level.indent, level.lines = line.indent, 1
        if ANY in level.unread:
            above.unread.add(ANY)
            above.damage(1)

    def close(self) -> None:
        """End the innermost block. What was lost in a lost one may have been meant for any around it."""
        level = self.levels.pop()
        block = level.block()
        if block is not None:
            self.levels[-1].body.append(block)
        elif level.lines:
            for outer in self.levels:
                outer.unread |= level.unread

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


def tabs(lines: list[Line]) -> Iterator[Diagnostic]:
    """One finding for all the tabs of a file; their lines are read as if a tab stood for four spaces."""
    margins = [line.tabs for line in lines if line.tabs is not None]
    if margins:
        more = f", and in {len(margins) - 1} more" if len(margins) > 1 else ""
        cure = "indent with spaces only"
        yield Diagnostic("E104", f"a tab in the indentation of this line{more}", margins[0], cure)
