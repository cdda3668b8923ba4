"""A statement: the tokens of one logical line, and what their places allow."""

from __future__ import annotations

from dataclasses import field

from iondsl.immutable import frozen
from iondsl.layout.tokens import OPERAND_ENDS, Breaks, Token, read
from iondsl.source import Span
from iondsl.wrapping import LOOSENESS

BEFORE_DOC = (*OPERAND_ENDS, "tag", ":")
COMMA = -1  # looser than any operator


@frozen
class Statement:
    """`breaks` are those of its author, `comment` stands behind its end.

    `groups` are the innermost parentheses that are open before each token, by their place, outermost first.
    """

    tokens: tuple[Token, ...]
    breaks: Breaks
    comment: str
    groups: tuple[tuple[int, ...], ...] = field(repr=False)

    @property
    def equals(self) -> int:
        """The place of the `=` behind what is defined, 0 where nothing is."""
        places = (place for place, token in enumerate(self.tokens) if token.kind == "=" and not self.groups[place])
        return next(places, 0)

    @property
    def is_header(self) -> bool:
        return any(token.kind == ":" for token in self.tokens)

    @property
    def lists_states(self) -> bool:
        return self.tokens[0].text == "states" and self.tokens[1].kind == "name"

    @property
    def has_doc(self) -> bool:
        """Whether the last token documents the statement. What stands alone or behind `cite` is the statement."""
        if len(self.tokens) < 2 or (len(self.tokens) == 2 and self.tokens[0].text == "cite"):
            return False
        return self.tokens[-1].kind == "string" and self.tokens[-2].kind in BEFORE_DOC

    def looseness(self, place: int) -> int | None:
        """How good a place a token is for a break before it, the least best; None where there should be none."""
        if self.tokens[place].kind == "operator":
            return LOOSENESS[self.tokens[place].text]
        return COMMA if self.tokens[place - 1].kind == "," else None


def statement(span: Span, comment: str) -> Statement:
    tokens, breaks = read(span)
    return Statement(tokens, breaks, comment, groups(tokens))


def groups(tokens: tuple[Token, ...]) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = []
    opened: tuple[int, ...] = ()
    for place, token in enumerate(tokens):
        found.append(opened)
        if token.kind == "(":
            opened = (*opened, place)
        elif token.kind == ")":
            opened = opened[:-1]
    return tuple(found)
