"""A logical line → its tokens, each with its part in the line, and the line breaks and comments between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iondsl.immutable import frozen
from iondsl.source import Span

TOKEN = re.compile(r"""
    (?P<comment> \#[^\n]* )
  | (?P<break>   \n )
  | (?P<string>  "[^"\n]*" )
  | (?P<unit>    \[[^\[\]\n]*\] )
  | (?P<tag>     @[A-Za-z_][\w.-]*(?::[\w.-]+)* )
  | (?P<number>  (?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)? )
  | (?P<name>    [A-Za-z_]\w*(?:\.[A-Za-z_]\w*)* )
  | (?P<arrow>   <->|-> )
  | (?P<compare> [<>=!]=|[<>] )
  | (?P<sign>    \S )
""", re.VERBOSE | re.ASCII)

OPERAND_ENDS = ("string", "unit", "number", "name", "prime", ")")
RESERVED = {
    **dict.fromkeys(("if", "else", "and", "or"), "operator"),
    **dict.fromkeys(("not", "in", "as"), "word"),
}
SIGNS = {"'": "prime", "^": "power", **dict.fromkeys("*/", "operator"), **dict.fromkeys("(),=:", "")}
WITHIN_UNIT = re.compile(r"\s*([*/^])\s*|(?<=\()\s+|\s+(?=\))")


@frozen
class Token:
    """`kind` is its part in the line, for signs that have only one the sign itself.

    An `operator` stands between its operands; `unary` and `power` cling to theirs, and so does `fraction`, the stroke
    in `x^(1/3)`; `word` is one of `not`, `in`, `as`.
    """

    text: str
    kind: str


@frozen
class Comment:
    """`own`: it has a line of its own, rather than standing behind something."""

    text: str
    own: bool


# Where a statement is broken: before the token of this number, and what comments stand there.
Breaks = dict[int, tuple[Comment, ...]]


def read(span: Span) -> tuple[tuple[Token, ...], Breaks]:
    """The tokens of a line that was parsed without an error, and its breaks."""
    tokens: list[Token] = []
    breaks: Breaks = {}
    fresh = False
    for match in TOKEN.finditer(span.source.text, span.start, span.end):
        here = len(tokens)
        if match.lastgroup == "break":
            breaks.setdefault(here, ())
            fresh = True
        elif match.lastgroup == "comment":
            breaks[here] = (*breaks.get(here, ()), Comment(match[0].rstrip(), fresh))
        else:
            tokens.append(token(match, tokens[-1] if tokens else None))
            fresh = False
    return tuple(with_context(tokens)), breaks


def token(match: re.Match[str], previous: Token | None) -> Token:
    text, kind = match[0], match.lastgroup or ""
    behind_operand = previous is not None and previous.kind in OPERAND_ENDS
    match kind:
        case "unit":
            return Token(unit(text), kind)
        case "name" if text == "carries" and behind_operand:
            return Token(text, "word")
        case "name":
            return Token(text, RESERVED.get(text, kind))
        case "compare":
            return Token(text, "operator")
        case "sign" if text in "+-":
            return Token(text, "operator" if behind_operand else "unary")
        case "sign":
            return Token(text, SIGNS[text] or text)
        case _:
            return Token(text, kind)


def unit(text: str) -> str:
    """`[ mM / (uA  ms) ]` → `[mM/(uA ms)]`."""
    return f"[{WITHIN_UNIT.sub(lambda blanks: blanks[1] or '', ' '.join(text[1:-1].split()))}]"


def with_context(tokens: list[Token]) -> Iterator[Token]:
    """The tokens, with the parts that only the whole line tells."""
    is_transition = any(each.kind == "arrow" for each in tokens)
    for place, each in enumerate(tokens):
        if each.kind == ":" and is_transition:
            yield Token(each.text, "arrow")
        elif each.text == "/" and is_fraction(tokens, place):
            yield Token(each.text, "fraction")
        else:
            yield each


def is_fraction(tokens: list[Token], place: int) -> bool:
    """Whether a `/` stands between the numbers of an exponent, as in `x^(1/3)` or `x^(-2/3)`."""
    first = place - 1
    while first > 1 and tokens[first - 1].kind == "unary":
        first -= 1
    around = tokens[max(first - 2, 0) : first], tokens[place - 1 : place], tokens[place + 1 : place + 3]
    return [[each.kind for each in part] for part in around] == [["power", "("], ["number"], ["number", ")"]]
