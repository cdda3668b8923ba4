"""Text → logical lines: sections, comments, texts behind a colon and continuation, with nothing parsed yet.

A line goes on while a parenthesis is open, and behind a `\\`. No expression holds a `=` of its own, so a line that
declares something begins anew, and a forgotten `)` does not swallow the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.importers.mmt.rows import Row, Rows
from iondsl.importers.mmt.texts import QUOTES, Text, never_ended, read_text
from iondsl.source import Source, Span

SCRIPT = "script"

MARK = re.compile(r"[():]")
SECTION = re.compile(r"\[\[[ \t]*(\w*)[ \t]*\]\]")
KEY = re.compile(r"(?:[A-Za-z][A-Za-z0-9_]*:)+")
DECLARES = re.compile(
    r"""(?: [A-Za-z]\w*\([\w, \t]*\) | [A-Za-z]\w* (?:[ ]*\.[ ]*[A-Za-z]\w*)? ) [ \t]* =(?!=)
      | (?: use | in | bind | label ) (?!\w)
      | (?<![^\n]) \[+ [A-Za-z]\w* \]+
      | (?: [A-Za-z]\w*: )+""",
    re.VERBOSE,
)


@frozen
class Line:
    """One logical line: its code, and the text behind a colon.

    `section` is what it opens, if it opens one; `key` what the text is of, where there is no more than that before the
    colon. `problem` is why the code cannot be read.
    """

    indent: int
    code: Span
    section: str | None = None
    key: str = ""
    text: Text | None = None
    problem: Diagnostic | None = None


def logical_lines(source: Source) -> Iterator[Line]:
    """All lines of a source that say something, in order, up to a script."""
    rows = Rows(source)
    while (row := rows.take()) is not None:
        if source.text.startswith(QUOTES, row.start):
            row, problem = behind_comment(rows, row)
            if problem is not None:
                yield Line(0, problem.span or row.span(row.first), problem=problem)
        if not row.code:
            continue
        line = logical(rows, row)
        yield line
        if line.section == SCRIPT:
            return


def behind_comment(rows: Rows, row: Row) -> tuple[Row, Diagnostic | None]:
    """What is left of the line in which a comment between triple quotes ends."""
    text, start = row.source.text, row.start
    position = start + len(QUOTES)
    while (close := text.find(QUOTES, position, row.last)) < 0:
        following = rows.take()
        if following is None:
            opening = Span(row.source, start, start + len(QUOTES))
            return row.behind(row.last), never_ended("comment", opening)
        row, position = following, following.start
    return row.behind(close + len(QUOTES)), None


def logical(rows: Rows, row: Row) -> Line:
    """The logical line that begins with this row."""
    section = SECTION.fullmatch(row.code)
    if section is not None:
        return Line(row.indent, row.span(row.first), section=section[1])
    key = KEY.match(row.source.text, row.first, row.end)
    if key is not None:
        code = Span(row.source, row.first, key.end() - 1)
        return Line(row.indent, code, key=key[0][:-1], text=read_text(rows, row, key.end() - 1))
    return joined(rows, row)


def joined(rows: Rows, first: Row) -> Line:
    """A line of code, with what it goes on in."""
    row, end, opened = first, first.end, list[int]()
    while True:
        mark = scan(row, opened)
        if mark is not None and mark[0] == ":":
            code = Span(row.source, first.first, row.first + len(row.source.text[row.first : mark.start()].rstrip()))
            return Line(first.indent, code, text=read_text(rows, row, mark.start()))
        if mark is not None:
            problem = Diagnostic("E612", "this `)` closes nothing", Span(row.source, mark.start(), mark.end()))
            return Line(first.indent, Span(row.source, first.first, row.end), problem=problem)
        end = row.end
        following = next_row(rows, row, bool(opened))
        if following is None:
            break
        row = following
    lacking = never_closed(first.source, opened[-1]) if opened else None
    return Line(first.indent, Span(first.source, first.first, end), problem=lacking)


def scan(row: Row, opened: list[int]) -> re.Match[str] | None:
    """Keep the places of open parentheses. The mark at which the code ends: a colon, or a `)` too much."""
    for mark in MARK.finditer(row.source.text, row.first, row.end):
        if mark[0] == "(":
            opened.append(mark.start())
        elif mark[0] == ")" and opened:
            opened.pop()
        elif mark[0] == ")" or not opened:
            return mark
    return None


def next_row(rows: Rows, row: Row, is_open: bool) -> Row | None:
    """The row in which a line goes on, if it does."""
    if not is_open and not row.code.endswith("\\"):
        return None
    while (following := rows.take()) is not None:
        if row.source.text.startswith(QUOTES, following.start):
            following, _ = behind_comment(rows, following)
        if DECLARES.match(row.source.text, following.first, following.end):
            rows.back()
            return None
        if following.code or not (is_open or following.comments):
            return following if following.code else None
    return None


def never_closed(source: Source, position: int) -> Diagnostic:
    return Diagnostic("E612", "this `(` is never closed", Span(source, position, position + 1), "close it with `)`")
