"""Text → logical lines: comments, strings, parentheses and continuation, with nothing parsed yet.

A line goes on while a parenthesis is open, as long as what follows is indented deeper, and in the indented block
behind a `=` that ends a line. The first rule keeps a forgotten `)` from swallowing the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.source import Source, Span

MAX_LINE = 1_000_000
MAX_WORDS = 10_000  # each takes up to 0.1 ms: a longer line would not be read within a second
MAX_NESTING = 100  # what the recursive stages behind the parser can take, with room to spare
TAB = 4

MARK = re.compile(r'[#"()]')
WORD = re.compile(r'"[^"\n]*"|#[^\n]*|[\w.]+|\S')


@frozen
class Line:
    """One logical line; `problem` is why it cannot be parsed, `tabs` the margin of a line that has tabs in it."""

    indent: int
    span: Span
    problem: Diagnostic | None = None
    tabs: Span | None = None


@frozen
class Piece:
    """One physical line without its comment. `opened` are the positions of parentheses that are open at its end."""

    indent: int
    span: Span
    opened: tuple[int, ...]
    problem: Diagnostic | None
    tabs: Span | None

    @property
    def ends_with_equals(self) -> bool:
        return self.span.source.text[self.span.end - 1] == "="


def logical_lines(source: Source) -> Iterator[Line]:
    """All lines of a source that say something, in order."""
    pending: list[Piece] = []
    for piece in pieces(source):
        if pending and not goes_on(pending, piece.indent):
            yield finish(pending)
            pending = []
        opened = pending[-1].opened if pending else ()
        pending.append(scan(piece, opened))
    if pending:
        yield finish(pending)


def pieces(source: Source) -> Iterator[Piece]:
    """The physical lines that hold more than a comment; nothing behind the margin is looked at yet."""
    text, ends = source.text, (*source.line_starts[1:], len(source.text))
    for start, end in zip(source.line_starts, ends, strict=True):
        first = end - len(text[start:end].lstrip(" \t"))
        if first == end or text[first] in "#\r\n":
            continue
        white = text[start:first]
        tabs = Span(source, start, first) if "\t" in white else None
        yield Piece(len(white.expandtabs(TAB)), Span(source, first, end), (), None, tabs)


def goes_on(pending: list[Piece], indent: int) -> bool:
    """Whether a line with this indentation continues the one that is being read."""
    first, last = pending[0], pending[-1]
    if indent <= first.indent:
        return False
    return first.ends_with_equals or (last.problem is None and (bool(last.opened) or last.ends_with_equals))


def scan(piece: Piece, opened: tuple[int, ...]) -> Piece:
    """The piece without its comment, and with what `tokens` found in it."""
    source, first = piece.span.source, piece.span.start
    stop, stack, problem = tokens(source, first, piece.span.end, list(opened))
    end = first + len(source.text[first:stop].rstrip())
    return Piece(piece.indent, Span(source, first, end), tuple(stack), problem, piece.tabs)


def tokens(source: Source, first: int, end: int, stack: list[int]) -> tuple[int, list[int], Diagnostic | None]:
    """Where the line's comment starts, the parentheses left open, and the first thing wrong with either."""
    text, position = source.text, first
    while (mark := MARK.search(text, position, end)) is not None:
        char, start, position = mark[0], mark.start(), mark.end()
        if char == "#":
            return start, stack, None
        if char == "(":
            stack.append(start)
            if len(stack) > MAX_NESTING:
                return end, [], too_deep(Span(source, start, start + 1))
        elif char == ")":
            if not stack:
                return end, [], closes_nothing(Span(source, start, start + 1))
            stack.pop()
        else:
            position = text.find('"', position, end) + 1
            if position == 0:
                return end, [], unterminated(source, start, end)
    return end, stack, None


def finish(pending: list[Piece]) -> Line:
    """The pieces of one logical line, put together."""
    span = pending[0].span.to(pending[-1].span)
    problem, opened = next((piece.problem for piece in pending if piece.problem), None), pending[-1].opened
    if problem is None and opened:
        cure = "close it with `)`; a line that goes on inside parentheses is indented deeper"
        problem = Diagnostic("E103", "this `(` is never closed", Span(span.source, opened[-1], opened[-1] + 1), cure)
    problem = too_long(span) or problem
    tabs = next((piece.tabs for piece in pending if piece.tabs is not None), None)
    return Line(pending[0].indent, span, problem, tabs)


def too_long(span: Span) -> Diagnostic | None:
    if span.end - span.start > MAX_LINE:
        return Diagnostic("E111", f"a line of more than {MAX_LINE:,} characters", span.part(0, 1))
    words = islice(WORD.finditer(span.source.text, span.start, span.end), MAX_WORDS, None)
    if span.end - span.start > MAX_WORDS and next(words, None) is not None:
        cure = "give parts of it names, on lines of their own"
        return Diagnostic("E111", f"a line of more than {MAX_WORDS:,} words and signs", span.part(0, 1), cure)
    return None


def closes_nothing(span: Span) -> Diagnostic:
    return Diagnostic("E103", "this `)` closes nothing", span, "delete it, or open it with `(`")


def unterminated(source: Source, start: int, end: int) -> Diagnostic:
    stop = start + len(source.text[start:end].rstrip("\r\n"))
    cure = 'end it with `"` on the same line; a string cannot hold a line break'
    return Diagnostic("E102", "this string is never ended", Span(source, start, stop), cure)


def too_deep(span: Span) -> Diagnostic:
    cure = "give a part of it a name, on a line of its own"
    return Diagnostic("E112", f"parentheses nested more than {MAX_NESTING} deep", span, cure)
