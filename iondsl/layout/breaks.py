"""Where a statement is broken: where its author broke it, at the places that the language's authors break at, and
where it would be too wide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from iondsl.layout.rows import STEP, Row, rows
from iondsl.layout.spacing import joined
from iondsl.layout.statement import Statement
from iondsl.layout.tokens import Breaks, Comment
from iondsl.wrapping import Piece, best

WIDTH = 120


def broken(statement: Statement, indent: int) -> Breaks:
    """The breaks of a statement that is indented by `indent`: no row is wider than it has to be."""
    breaks = settled(statement)
    while True:
        wide = [row for row in rows(statement, breaks, indent) if row.indent + len(row.code) > WIDTH]
        more = {place for row in wide for place in further(row, breaks)}
        if not more:
            return breaks
        breaks |= dict.fromkeys(more, ())


def settled(statement: Statement) -> Breaks:
    """The author's breaks: before operators, behind commas. Others go, unless a comment stands there."""
    moved: dict[int, list[Comment]] = {}
    for place, comments in sorted(statement.breaks.items()):
        moved.setdefault(moved_to(statement, place), []).extend(comments)
    return {
        place: (*comments[:1], *(Comment(each.text, own=True) for each in comments[1:]))
        for place, comments in moved.items()
        if comments or is_allowed(statement, place)
    }


def moved_to(statement: Statement, place: int) -> int:
    """Where a break belongs: operators and arguments with a name begin a row, commas end it."""
    left, right = statement.tokens[place - 1].kind, statement.tokens[place].kind
    inside = bool(statement.groups[place])
    if left == "operator" or (right == "=" and inside):
        return place - 1
    if left == "=" and inside:
        return place - 2
    return place + 1 if right == "," else place


def is_allowed(statement: Statement, place: int) -> bool:
    before, is_last = statement.tokens[place - 1].kind, place == len(statement.tokens) - 1
    return (
        statement.looseness(place) is not None
        or (before == "(" and statement.tokens[place].kind != ")")
        or before == "="
        or (is_last and statement.has_doc)
    )


def further(row: Row, breaks: Breaks) -> set[int]:
    """Where to break a row that is too wide, empty where that cannot be done.

    Behind the `=` first, without which a line ends where its parentheses do, then into the branches of a condition.
    """
    statement, equals = row.statement, row.statement.equals
    if may_open(statement, breaks) and equals + 1 not in breaks:
        return {equals + 1}
    opened = equals + 1 in breaks and may_open(statement, breaks)
    places = [place for place in range(row.first + 1, row.code_end) if is_good(statement, place, opened)]
    depth = min((len(statement.groups[place]) for place in places), default=0)
    branches = {
        place
        for place in places
        if len(statement.groups[place]) == depth and statement.tokens[place].text == "else"
    }
    return branches or set(fill(row, places))


def may_open(statement: Statement, breaks: Breaks) -> bool:
    """Whether the right side may stand below its `=`, which has to end the first row for that."""
    if statement.equals == 0 or statement.is_header or statement.lists_states:
        return False
    return min(breaks, default=len(statement.tokens)) > statement.equals


def is_good(statement: Statement, place: int, opened: bool) -> bool:
    return statement.looseness(place) is not None and (opened or bool(statement.groups[place]))


def fill(row: Row, places: list[int]) -> Iterator[int]:
    """As much as fits on each row, but no break inside where one further out will do.

    The rows below the first of a statement are indented deeper than that.
    """
    bounds = [row.first, *places, row.code_end]
    left = [piece(row.statement, *stretch) for stretch in pairwise(bounds)]
    done, width = 0, WIDTH - row.indent
    while len(left) > (taken := best(left, width)):
        left, done = left[taken:], done + taken
        width = WIDTH - row.indent - (STEP if row.first == 0 else 0)
        yield bounds[done]


def piece(statement: Statement, first: int, end: int) -> Piece:
    return Piece(joined(statement.tokens[first:end]), (len(statement.groups[first]), statement.looseness(first) or 0))
