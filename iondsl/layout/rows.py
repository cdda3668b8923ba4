"""A statement and where it is broken → its rows, each with its indentation.

What stands inside parentheses is indented deeper than the row that opens them, what stands behind the `=` deeper than
the statement, and the parts of a term deeper than its sum:

    I =
        k * (exp(a) - exp(b))
                / (1 + c)
        + d
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from iondsl.immutable import frozen
from iondsl.layout.spacing import joined
from iondsl.layout.statement import Statement

STEP = 4


@frozen
class Row:
    """The tokens of a statement from `first` to before `end`, on one line."""

    statement: Statement
    first: int
    end: int
    indent: int

    @property
    def doc(self) -> str:
        """The doc of the statement, where it stands behind something on this row."""
        is_behind = self.statement.has_doc and self.first + 1 < self.end == len(self.statement.tokens)
        return self.statement.tokens[-1].text if is_behind else ""

    @property
    def code_end(self) -> int:
        """Before that doc."""
        return self.end - 1 if self.doc else self.end

    @property
    def code(self) -> str:
        return joined(self.statement.tokens[self.first : self.code_end])


def rows(statement: Statement, breaks: Iterable[int], indent: int) -> Iterator[Row]:
    """The rows of a statement that is indented by `indent` and broken before these tokens."""
    nested = nesting(statement, breaks)
    opened: dict[int, int] = {}
    for first, end in pairwise([0, *sorted(breaks), len(statement.tokens)]):
        group = statement.groups[first]
        margin = opened[group[-1]] if group else indent
        margin += STEP * (1 + nested[first]) if first else 0
        opened |= {place: margin for place in range(first, end) if statement.tokens[place].kind == "("}
        yield Row(statement, first, end, margin)


def nesting(statement: Statement, breaks: Iterable[int]) -> dict[int, int]:
    """How many looser breaks, in the same parentheses, each break stands below."""
    found: dict[int, set[int]] = defaultdict(set)
    ranks = {place: statement.looseness(place) for place in breaks}
    for place, rank in ranks.items():
        if rank is not None:
            found[place_of(statement, place)].add(rank)
    return {
        place: 0 if rank is None else sum(other < rank for other in found[place_of(statement, place)])
        for place, rank in ranks.items()
    }


def place_of(statement: Statement, place: int) -> int:
    """The parenthesis in which a token stands, -1 outside of all."""
    return statement.groups[place][-1] if statement.groups[place] else -1
