"""One logical line → one statement, or what is wrong with the line."""

from __future__ import annotations

from typing import Any

from lark import TextSlice, Token, Tree, UnexpectedInput

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.parser.explain import explain
from iondsl.parser.grammar import grammar
from iondsl.parser.keywords import HEADERS
from iondsl.parser.lines import MAX_NESTING
from iondsl.parser.place import place_of
from iondsl.parser.tree import ToSyntax
from iondsl.source import Span
from iondsl.syntax import Statement

MAX_NAME = 200  # a file is named after the model, and the names of files are limited
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
    try:
        tree = grammar().parse(TextSlice(span.source.text, span.start, span.end))
    except UnexpectedInput as failure:
        place = place_of(failure, span)
        cut_short = place.lacks_value or (place.lacks_equals and place.first not in HEADERS)
        return Parsed(None, (explain(place),), opens=not cut_short, cut_short=cut_short)
    if span.end - span.start > MAX_NESTING and is_too_deep(tree):
        return Parsed(None, (Diagnostic("E112", TOO_DEEP, span, NAME_PARTS),))
    if span.end - span.start > MAX_NAME and (name := long_name(tree)) is not None:
        return Parsed(None, (too_long(name, span),), opens=tree.data == "block")
    reader = ToSyntax(span.source)
    statement = reader.read(tree)
    return Parsed(statement, tuple(reader.findings), opens=tree.data == "block")


def long_name(tree: Tree[Any]) -> Token | None:
    tokens = (each for node in tree.iter_subtrees() for each in node.children if isinstance(each, Token))
    return next((each for each in tokens if each.type == "NAME" and len(each) > MAX_NAME), None)


def too_long(name: Token, line: Span) -> Diagnostic:
    where = Span(line.source, name.start_pos or 0, name.end_pos or 0)
    return Diagnostic("E115", f"a name of more than {MAX_NAME} characters", where, "give it a shorter one")


def is_too_deep(tree: Tree[Any]) -> bool:
    """Whether the tree has more than MAX_NESTING levels. Without recursion: that is what the limit is for."""
    level = [tree]
    for _ in range(MAX_NESTING):
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
        if not level:
            return False
    return True
