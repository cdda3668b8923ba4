"""Lines → blocks, from indentation. A line that fails is reported and never hides the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from iondsl.errors import Diagnostic
from iondsl.parser.grammar import Parsed, parse_line
from iondsl.parser.lines import Line, logical_lines
from iondsl.source import Source, Span
from iondsl.syntax import Block, Program, Statement

MAX_STATEMENTS = 100_000
MAX_UNREAD = 10_000
NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


@dataclass(slots=True)
class Level:
    """An open block: the indentation of its statements, known once the first is read.

    A line that could not be read may have been a header: it opens a level without one.
    """

    header: Statement | None
    indent: int | None
    body: list[Statement] = field(default_factory=list)


def parse(source: Source) -> tuple[Program, tuple[Diagnostic, ...]]:
    """The program, as far as it could be read, and everything that is wrong with its form."""
    findings: list[Diagnostic] = []
    unread: set[str] = set()
    levels = [Level(None, 0)]
    for count, line in enumerate(logical_lines(source)):
        if count >= MAX_STATEMENTS:
            findings.append(Diagnostic("E111", f"more than {MAX_STATEMENTS:,} declarations", line.span))
            break
        place(line, levels, findings)
        parsed = parse_line(line.span) if line.problem is None else Parsed(None, True, (line.problem,))
        findings += parsed.findings
        if parsed.statement is None:
            unread.update(NAME.findall(line.span.text[:MAX_UNREAD]))
        if parsed.opens:
            levels.append(Level(parsed.statement, None))
        elif parsed.statement is not None:
            levels[-1].body.append(parsed.statement)
    while len(levels) > 1:
        close(levels)
    if not findings and not levels[0].body:
        findings.append(Diagnostic("E108", "the file is empty", Span(source, 0, 0), "begin with `model NAME:`"))
    return Program(source, tuple(levels[0].body), frozenset(unread)), tuple(findings)


def place(line: Line, levels: list[Level], findings: list[Diagnostic]) -> None:
    """Close the blocks that the line's indentation leaves, and say so where it fits none."""
    if levels[-1].indent is None:
        outer = next(level.indent for level in reversed(levels) if level.indent is not None)
        if line.indent > outer:
            levels[-1].indent = line.indent
            return
        close(levels)
    while levels[-1].indent is not None and line.indent < levels[-1].indent and len(levels) > 1:
        close(levels)
    expected = levels[-1].indent
    if expected is not None and line.indent != expected:
        findings.append(misplaced(line, expected, levels))


def misplaced(line: Line, expected: int, levels: list[Level]) -> Diagnostic:
    where = Span(line.span.source, line.span.start - line.indent, line.span.start)
    if line.indent > expected and levels[-1].body:
        cure = "only a line that ends with `:` or `=` opens an indented block"
        return Diagnostic("E105", "unexpected indentation", where, cure)
    cure = f"indent it by {expected} spaces, as its neighbours"
    return Diagnostic("E105", "this indentation fits no block above", where, cure)


def close(levels: list[Level]) -> None:
    """End the innermost block. What stood below a failed header is dropped: it was checked for form."""
    level = levels.pop()
    if isinstance(level.header, Block):
        levels[-1].body.append(replace(level.header, body=tuple(level.body)))
