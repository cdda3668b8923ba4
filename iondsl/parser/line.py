"""One logical line → one statement, or what is wrong with the line."""

from __future__ import annotations

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.parser import automaton
from iondsl.parser.automaton import MAX_NAME
from iondsl.parser.lines import MAX_NESTING
from iondsl.parser.tokens import Token
from iondsl.parser.tree import ToSyntax
from iondsl.source import Span
from iondsl.syntax import Statement

TOO_DEEP = f"an expression nested more than {MAX_NESTING} deep"
NAME_PARTS = "give parts of it names, on lines of their own; a sum of many terms counts as nested"


@frozen
class Parsed:
    """What became of a line: its statement, or else what is wrong with it.

    `opens` is whether an indented block may follow, `cut_short` whether the rest of the line may stand there.
    """

    statement: Statement | None
    findings: tuple[Diagnostic, ...]
    opens: bool = False
    cut_short: bool = False


def parse_line(span: Span) -> Parsed:
    """The statement that a logical line holds, or what is wrong with the line."""
    reader = ToSyntax(span.source)
    read = automaton.read(span, reader)
    if read is None:
        return refused(span)
    if span.end - span.start > MAX_NESTING and read.levels > MAX_NESTING:
        return Parsed(None, (Diagnostic("E112", TOO_DEEP, span, NAME_PARTS),))
    opens = read.rule == "block"
    if read.long_name is not None:
        return Parsed(None, (too_long(read.long_name, span),), opens)
    return Parsed(read.statement, tuple(reader.findings), opens)


def refused(span: Span) -> Parsed:
    """What is wrong with a line that fits no rule."""
    from iondsl.parser.explain import explain  # late: with these comes Lark
    from iondsl.parser.keywords import HEADERS
    from iondsl.parser.place import stopped_at

    place = stopped_at(span)
    cut_short = place.lacks_value or (place.lacks_equals and place.first not in HEADERS)
    return Parsed(None, (explain(place),), opens=not cut_short, cut_short=cut_short)


def too_long(name: Token, line: Span) -> Diagnostic:
    where = Span(line.source, name.start_pos, name.end_pos)
    return Diagnostic("E115", f"a name of more than {MAX_NAME} characters", where, "give it a shorter one")
