"""Text → logical lines: comments, strings, parentheses and continuation, with nothing parsed yet.

A line goes on while a parenthesis is open, as long as what follows is indented deeper, and in the indented block
behind a `=` that ends a line. The first rule keeps a forgotten `)` from swallowing the rest of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iondsl.errors import Diagnostic
from iondsl.source import Source, Span

MAX_LINE = 1_000_000
MAX_NESTING = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line; `problem` is why it cannot be parsed."""

    indent: int
    span: Span
    problem: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One physical line without its comment. `opened` are the positions of parentheses that are open at its end."""

    indent: int
    span: Span
    opened: tuple[int, ...]
    problem: Diagnostic | None

    @property
    def goes_on(self) -> bool:
        return self.problem is None and (bool(self.opened) or self.span.text.endswith("="))


def logical_lines(source: Source) -> Iterator[Line]:
    """All lines of a source that say something, in order."""
    pending: list[Piece] = []
    ends = (*source.line_starts[1:], len(source.text))
    for start, end in zip(source.line_starts, ends, strict=True):
        piece = scan(source, start, end, pending[-1].opened if pending else ())
        if piece is None:
            continue
        if pending and not belongs(piece, pending):
            yield finish(pending)
            pending = []
            piece = scan(source, start, end, ()) or piece
        pending.append(piece)
    if pending:
        yield finish(pending)


def belongs(piece: Piece, pending: list[Piece]) -> bool:
    """Whether a piece continues the line that is being read."""
    if piece.indent <= pending[0].indent or pending[-1].problem is not None:
        return False
    return any(earlier.span.text.endswith("=") for earlier in pending) or pending[-1].goes_on


def finish(pending: list[Piece]) -> Line:
    span = pending[0].span.to(pending[-1].span)
    problem = next((piece.problem for piece in pending if piece.problem), None)
    opened = pending[-1].opened
    if problem is None and opened:
        where = Span(span.source, opened[-1], opened[-1] + 1)
        cure = "close it with `)`; a line that goes on inside parentheses is indented deeper"
        problem = Diagnostic("E103", "this `(` is never closed", where, cure)
    if problem is None and span.end - span.start > MAX_LINE:
        problem = Diagnostic("E111", f"a line of more than {MAX_LINE:,} characters", span.part(0, 1))
    return Line(pending[0].indent, span, problem)


def scan(source: Source, start: int, end: int, opened: tuple[int, ...]) -> Piece | None:
    """One physical line: None when it is blank or only a comment."""
    text = source.text
    first = start
    while first < end and text[first] in " \t":
        first += 1
    stop, stack, problem = tokens(source, first, end, list(opened))
    while stop > first and text[stop - 1] in " \t\r\n":
        stop -= 1
    if stop == first:
        return None
    if "\t" in text[start:first]:
        tab = text.index("\t", start, first)
        where = Span(source, tab, tab + 1)
        problem = Diagnostic("E104", "a tab in the indentation", where, "indent with spaces only")
    return Piece(first - start, Span(source, first, stop), tuple(stack), problem)


def tokens(source: Source, first: int, end: int, stack: list[int]) -> tuple[int, list[int], Diagnostic | None]:
    """Where the line's comment starts, the parentheses left open, and the first thing wrong with either."""
    text, position = source.text, first
    while position < end:
        char = text[position]
        if char == "#":
            break
        if char == '"':
            close = text.find('"', position + 1, end)
            if close < 0:
                return end, [], unterminated(source, position, end)
            position = close
        elif char == "(":
            stack.append(position)
            if len(stack) > MAX_NESTING:
                return end, [], too_deep(Span(source, position, position + 1))
        elif char == ")":
            if not stack:
                where = Span(source, position, position + 1)
                return end, [], Diagnostic("E103", "this `)` closes nothing", where, "delete it, or open it with `(`")
            stack.pop()
        position += 1
    return position, stack, None


def unterminated(source: Source, start: int, end: int) -> Diagnostic:
    stop = start + len(source.text[start:end].rstrip("\r\n"))
    cure = 'end it with `"` on the same line; a string cannot hold a line break'
    return Diagnostic("E102", "this string is never ended", Span(source, start, stop), cure)


def too_deep(span: Span) -> Diagnostic:
    cure = "name a part of it on a line of its own"
    return Diagnostic("E112", f"nested more than {MAX_NESTING} deep", span, cure)
