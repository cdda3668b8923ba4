"""What stands below one another: texts and comments behind lines, and the `=` of a gate's members.

Lines of one run are next to each other and equally indented.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from iondsl.immutable import frozen
from iondsl.layout.breaks import WIDTH

COLUMN, STEP = 33, 4  # where texts stand, and in which steps further to the right
GAP = 2  # blanks before them, at least
FAR = 16  # from the column of one line to that of a much longer one


@frozen
class Line:
    """`text` stands behind the code: a doc, a comment. `equals` is where the `=` of a gate's member stands, or 0.

    A line without code is blank.
    """

    indent: int
    code: str
    text: str = ""
    equals: int = 0

    @property
    def end(self) -> int:
        return self.indent + len(self.code)


def aligned(lines: list[Line]) -> Iterator[str]:
    """The lines as text."""
    for _, run in groupby(lines, key=lambda line: (line.indent, not line.code)):
        yield from with_texts(with_equals(list(run)))


def with_equals(run: list[Line]) -> list[Line]:
    """The run with its `=` below one another, but for lines that would become too wide by it."""
    column = max(line.equals for line in run)
    return [shifted(line, column - line.equals) for line in run]


def shifted(line: Line, by: int) -> Line:
    if line.equals == 0 or line.end + by > WIDTH:
        return line
    return replace(line, code=line.code[: line.equals] + " " * by + line.code[line.equals :])


def with_texts(run: list[Line]) -> Iterator[str]:
    columns = columns_of(run)
    for number, line in enumerate(run):
        code = " " * line.indent + line.code
        yield code.ljust(columns[number]) + line.text if line.text else code


def columns_of(run: list[Line]) -> dict[int, int]:
    """Where the texts of a run stand, by the number of the line: the shortest lines share a column, then others."""
    found: dict[int, int] = {}
    numbers = sorted((number for number, line in enumerate(run) if line.text), key=lambda number: run[number].end)
    while numbers:
        count = together([run[number] for number in numbers])
        column = column_of(run[numbers[count - 1]].end)
        for number in numbers[:count]:
            fits = column + len(run[number].text) <= WIDTH
            found[number] = column if fits else min(column, run[number].end + GAP)
        numbers = numbers[count:]
    return found


def together(lines: list[Line]) -> int:
    """How many of these lines, shortest first, share a column: the longest not where they would push texts too far."""
    columns, count = [column_of(line.end) for line in lines], len(lines)
    while columns[count - 1] > columns[0] and (stand_out(columns[:count]) or overflow(lines[:count])):
        count = bisect_left(columns, columns[count - 1])
    return count


def stand_out(columns: list[int]) -> bool:
    """Whether the longest lines, by their columns, are much longer than the others, and no more than they."""
    return any(right - left > FAR and len(columns) <= 2 * at for at, (left, right) in enumerate(pairwise(columns), 1))


def overflow(lines: list[Line]) -> bool:
    column = column_of(lines[-1].end)
    return column > COLUMN and any(column + len(line.text) > WIDTH for line in lines)


def column_of(end: int) -> int:
    steps = -(-(end + GAP - COLUMN) // STEP)
    return COLUMN + STEP * max(steps, 0)
