"""What stands behind a colon: a text on the line, continued by `\\`, or over many lines between triple quotes."""

from __future__ import annotations

from inspect import cleandoc

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.importers.mmt.rows import Row, Rows
from iondsl.source import Span

QUOTES = '"""'


@frozen
class Text:
    """The text without its margins; `problem` is what is wrong with it, `cut` whether the file ended inside it."""

    value: str
    problem: Diagnostic | None = None
    cut: bool = False


def read_text(rows: Rows, row: Row, colon: int) -> Text:
    """The text behind a colon at this place of a row."""
    rest = row.behind(colon + 1)
    if rest.code.startswith(QUOTES):
        return quoted(rows, rest)
    if rest.code.endswith("\\"):
        return continued(rows, rest)
    return Text(rest.code)


def quoted(rows: Rows, row: Row) -> Text:
    """Comments are none inside, but for that in the first line."""
    opening = Span(row.source, row.first, row.first + len(QUOTES))
    found, position, end = [], opening.end, row.end
    while (close := row.source.text.find(QUOTES, position, end)) < 0:
        found.append(row.source.text[position:end])
        following = rows.take()
        if following is None:
            return Text("", never_ended("text", opening), cut=True)
        row, position, end = following, following.start, following.last
    found.append(row.source.text[position:close])
    surplus = row.behind(close + len(QUOTES))
    problem = None
    if surplus.code:
        problem = Diagnostic("E612", f"nothing may follow `{QUOTES}` on its line", surplus.span(surplus.first))
    return Text(cleandoc("\n".join(found)).strip(), problem)


def continued(rows: Rows, row: Row) -> Text:
    """Lines that are joined by a `\\` at their end, as they stand."""
    found = ""
    while True:
        joins = row.code.endswith("\\")
        found += row.code[:-1] if joins else row.code
        following = rows.take() if joins or (row.comments and not row.code) else None
        if following is None:
            return Text(found.strip())
        row = following


def never_ended(what: str, opening: Span) -> Diagnostic:
    return Diagnostic("E612", f"this {what} is never ended", opening, f"end it with `{QUOTES}`")
