"""Where the parser stopped in a line."""

from __future__ import annotations

import re
from collections.abc import Callable

from lark import TextSlice, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.parser.grammar import grammar
from iondsl.source import Span

WORD = re.compile(r"[A-Za-z_][\w.]*|[0-9.]+(?:[eE][+-]?[0-9]+)?[\w.]*|<->|->|[<>=!]=|\*\*|&&|\|\||.", re.DOTALL)


@frozen
class Place:
    """Where the parser stopped: the word there, the text of the line before it, and which terminals would fit."""

    line: Span
    word: Span
    accepts: frozenset[str]

    @property
    def before(self) -> str:
        return self.line.source.text[self.line.start : self.word.start].rstrip()

    @property
    def sign_before(self) -> str:
        """What stands directly before the word."""
        return self.line.source.text[max(self.word.start - 1, self.line.start) : self.word.start]

    @property
    def first(self) -> str:
        """The line's first word."""
        return self.line.source.text[self.line.start : word_end(self.line, self.line.start)]

    @property
    def at_end(self) -> bool:
        return self.word.start == self.line.end

    @property
    def lacks_value(self) -> bool:
        """Whether the line ends behind an operator or a `=`."""
        return self.at_end and {"NAME", "NUMBER"} <= self.accepts

    @property
    def lacks_equals(self) -> bool:
        """Whether the line ends behind a name."""
        return self.at_end and "EQUAL" in self.accepts and re.fullmatch(r"[\w.]+", self.before) is not None

    def says(self, message: str, cure: str = "", where: Span | None = None) -> Diagnostic:
        return Diagnostic("E101", message, where or self.word, cure)


def stopped_at(line: Span) -> Place:
    """Where Lark stops in a line that fits no rule."""
    try:
        grammar().parse(TextSlice(line.source.text, line.start, line.end))
    except UnexpectedInput as failure:
        return place_of(failure, line)
    raise AssertionError(f"Lark accepts `{line.text}`")


def place_of(failure: UnexpectedInput, line: Span) -> Place:
    """From what Lark says; its positions are those of the whole text."""
    if isinstance(failure, UnexpectedToken):
        start = line.end if failure.token.type == "$END" else failure.token.start_pos
        accepts = failure.accepts
    else:
        assert isinstance(failure, UnexpectedCharacters)
        start, accepts = failure.pos_in_stream, failure.allowed
    assert start is not None
    return Place(line, Span(line.source, start, word_end(line, start)), frozenset(accepts or ()))


def word_end(line: Span, start: int) -> int:
    match = WORD.match(line.source.text, start, line.end)
    return start if match is None else match.end()


# What is wrong at a place, or None where the rule does not know it.
Rule = Callable[[Place], Diagnostic | None]
