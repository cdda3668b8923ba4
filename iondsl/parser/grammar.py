"""One logical line → one statement, through Lark; and what a user sees where a line fits no rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lark import Lark, TextSlice, Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from iondsl.errors import Diagnostic
from iondsl.parser.tree import ToSyntax
from iondsl.source import Span
from iondsl.syntax import Statement

RESERVED = ("if", "else", "and", "or", "not", "in", "as")

EXPECTED = (
    ({"NUMBER", "NAME"}, "a value"),
    ({"NAME"}, "a name"),
    ({"NUMBER"}, "a number"),
    ({"FACTOR"}, "an operator"),
    ({"EQUAL"}, "`=`"),
    ({"COLON"}, "`:`"),
    ({"UNIT"}, "a unit in brackets"),
    ({"ARROW"}, "`<->` or `->`"),
    ({"ELSE"}, "`else`"),
    ({"TO"}, "`to`"),
    ({"RPAR"}, "`)`"),
    ({"STRING"}, "a string"),
)

HINTS = (
    (r"\*\*", "`**` is no operator", "write a power with `^`"),
    (r"&&?", "`&` is no operator", "write `and`"),
    (r"\|\|?", "`|` is no operator", "write `or`"),
    (r"!", "`!` is no operator", "write `not`, or `!=` between two values"),
    (r"\[", "this `[` is never closed", "close it with `]` on the same line"),
    (r"\]", "this `]` closes nothing", "a unit stands in brackets: `2 [mV]`"),
    (r"'", "unexpected `'`", "text stands between double quotes; `x'` is the derivative of `x`"),
    (r"[0-9.]+[A-Za-z_0-9.]*", "`{}` is not a number", "a unit stands in brackets, `2 [mV]`; a product needs `*`"),
)


@cache
def grammar() -> Lark:
    text = files("iondsl.grammars").joinpath("ion.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", propagate_positions=True, maybe_placeholders=True)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of a line: its statement, whether an indented block may follow, and what is wrong with it."""

    statement: Statement | None
    opens: bool
    findings: tuple[Diagnostic, ...] = ()


def parse_line(span: Span) -> Parsed:
    """The statement that a logical line holds, or what is wrong with the line."""
    try:
        tree = grammar().parse(TextSlice(span.source.text, span.start, span.end))
    except UnexpectedInput as failure:
        return Parsed(None, True, (explain(failure, span),))
    reader = ToSyntax(span.source)
    statement = reader.transform(tree)
    return Parsed(statement, tree.data == "block", tuple(reader.findings))


def explain(failure: UnexpectedInput, line: Span) -> Diagnostic:
    """A located message for a line that fits no rule."""
    start = line.end if failure.pos_in_stream is None else failure.pos_in_stream
    if isinstance(failure, UnexpectedCharacters):
        return explain_characters(start, line, expected(failure.allowed))
    assert isinstance(failure, UnexpectedToken)
    token: Token = failure.token
    if token.type == "$END":
        end = Span(line.source, line.end - 1, line.end)
        return Diagnostic("E101", f"the line ends too early{expected(failure.accepts)}", end)
    where = Span(line.source, token.start_pos or 0, token.end_pos or 0)
    return explain_text(where, expected(failure.accepts))


def explain_characters(start: int, line: Span, wanted: str) -> Diagnostic:
    """A place where no token fits: a known slip, a reserved word or a strange character."""
    rest = line.source.text[start : line.end]
    word = re.match(r"[A-Za-z_][A-Za-z_0-9.]*", rest)
    if word is not None:
        return explain_text(Span(line.source, start, start + word.end()), wanted)
    for pattern, message, cure in HINTS:
        match = re.match(pattern, rest)
        if match is not None:
            where = Span(line.source, start, start + match.end())
            return Diagnostic("E101", message.format(match.group()), where, cure)
    return explain_text(Span(line.source, start, start + 1), wanted)


def explain_text(where: Span, wanted: str) -> Diagnostic:
    if where.text in RESERVED:
        return Diagnostic("E101", f"`{where.text}` is a reserved word and cannot stand here", where)
    if not where.text.isascii():
        return Diagnostic("E101", f"`{where.text}` is not an ASCII letter", where, "names use A-Z, a-z, 0-9 and _")
    return Diagnostic("E101", f"unexpected `{where.text}`{wanted}", where)


def expected(terminals: set[str] | None) -> str:
    """`; expected a value or ...`, in words, from the terminals that would have fitted."""
    left = set(terminals or ())
    words = []
    for names, word in EXPECTED:
        if names <= left:
            words.append(word)
            left -= names
    if not words or len(words) > 4:
        return ""
    return "; expected " + " or ".join(words)
