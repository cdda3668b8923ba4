"""Text of a unit -> tokens, each with its place."""

from __future__ import annotations

import re

from iondsl.immutable import frozen
from iondsl.units.algebra import UnitError

MAX_DEPTH = 20

_PATTERN = re.compile(r"""
    (?P<space>     [\ \t]+ )
  | (?P<number>    (?: [0-9]+ (?: \.[0-9]* )? | \.[0-9]+ ) (?! [\w.%] ) )
  | (?P<malformed> \.?[0-9] [\w.%]* )
  | (?P<name>      % | [^\W\d_] \w* | \u00b0\w+ )
  | (?P<symbol>    \*\* | [*/^()+-] )
  | (?P<foreign>   . )
""", re.VERBOSE | re.DOTALL)

_MULTIPLY = "a space or `*` multiplies"
_CURES = {
    "\u00b7": _MULTIPLY, "\u22c5": _MULTIPLY, "\u00d7": _MULTIPLY, ".": _MULTIPLY,
    "\u2212": "write `-`", "\u207b": "write an exponent as `^-1`",
    "**": "write `^` for a power",
    "-": "write an exponent as `^-2`; units are never subtracted",
    "+": "write an exponent as `^2`; units are never added",
}


@frozen
class Token:
    """`kind` is number, name, symbol or end; `start` and `end` are offsets into the text."""

    kind: str
    text: str
    start: int
    end: int

    def error(self, message: str, cure: str = "") -> UnitError:
        """An error that blames this token; by default with the cure for its text, if there is one."""
        return UnitError(message, self.start, self.end, cure or _CURES.get(self.text, ""))


class Tokens:
    """The tokens of one text and how far they are read. The last is of kind `end`, and is never taken."""

    def __init__(self, text: str) -> None:
        self.all = tokenize(text)
        self.position = 0

    @property
    def next(self) -> Token:
        return self.all[self.position]

    @property
    def previous(self) -> Token:
        return self.all[self.position - 1]

    def take(self) -> Token:
        self.position += 1
        return self.previous

    def accept(self, *symbols: str) -> str:
        """Take the next token where it is one of `symbols`, and return its text; else an empty text."""
        return self.take().text if self.next.text in symbols else ""

    def close(self, opening: Token) -> None:
        """Take the `)` that belongs to `opening`."""
        if self.next.kind == "end":
            raise opening.error("`(` is never closed", "add a `)`")
        if not self.accept(")"):
            raise self.next.error(f"unexpected `{self.next.text}`")


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text` and one of kind `end`; UnitError for what can be no part of a unit."""
    tokens = []
    depth = 0
    for match in _PATTERN.finditer(text):
        token = Token(match.lastgroup or "", match[0], *match.span())
        depth += (token.text == "(") - (token.text == ")")
        if token.kind in ("malformed", "foreign"):
            raise _refusal(token)
        if depth > MAX_DEPTH:
            raise token.error(f"parentheses are nested deeper than {MAX_DEPTH}")
        if token.kind != "space":
            tokens.append(token)
    return (*tokens, Token("end", "", len(text), len(text)))


def _refusal(token: Token) -> UnitError:
    if token.kind == "foreign":
        shown = token.text if token.text.isprintable() else f"U+{ord(token.text):04X}"
        return token.error(f"unexpected character `{shown}`")
    power_of_ten = re.fullmatch(r"[0-9.]+[eE][0-9]*", token.text)
    cure = "write a power of ten as `10^-3`" if power_of_ten else "put a space between a number and a unit"
    return token.error(f"`{token.text}` is no number", cure)
