"""One step in stages: loops over cells that are short enough for a processor to overlap one vector with the next.

Exponentials and their like stand between the stages. A stage leaves their arguments in rows, and one loop then replaces
each number of these rows by its exponential: it is all that the loop does, so its constants stay in registers, and of
a single cell several exponentials fill a vector.

Exponentials of what is linear in a state, as most are in V, need no row of arguments: they are computed from the row of
the state.

Gates come last: the loop that takes their exponentials takes their steps, too. What the other states come to is a
stage behind what gates need, so that both are shorter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sympy import Expr, Symbol

from iondsl.step import Assignment
from iondsl.targets._lines import Line, line

# Rows of one call, so that vectors are full where there is one cell.
MULTIPLE = 8


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the numbers in `rows` rows from `first` on: `values` are there before, and then `symbols`.

    With a `state`, by its number, these are linear in it: they are computed with the function.
    """

    function: str
    first: int
    values: tuple[Expr, ...]
    symbols: tuple[Symbol, ...]
    state: int | None = None

    def lines(self, states: tuple[Symbol, ...]) -> tuple[Line, ...]:
        """Of the values."""
        found = [line(each, states[self.state]) for each in self.values] if self.state is not None else []
        return tuple(each for each in found if each is not None)

    @property
    def rows(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Stage:
    """Code for one cell: `outputs` are new states by their number, `kept` what later stages read, by its row.

    What follows are `calls`, for all cells.
    """

    assignments: tuple[Assignment, ...]
    outputs: tuple[tuple[int, Expr], ...]
    kept: tuple[tuple[int, Symbol], ...]
    calls: tuple[Call, ...]

    def values(self) -> tuple[Expr, ...]:
        """All that the stage computes for a cell."""
        arguments = (each for call in self.calls if call.state is None for each in call.values)
        return (*(each.value for each in self.assignments), *(value for _, value in self.outputs), *arguments)


@dataclass(frozen=True, slots=True)
class Gate:
    """A state by its number whose step is `steady + (state - steady)*2^argument`."""

    state: int
    steady: Symbol
    argument: Expr


@dataclass(frozen=True, slots=True)
class Relax:
    """What a stage, by its number, leaves for the steps of gates, in rows from `steady` and from `arguments` on."""

    stage: int
    gates: tuple[Gate, ...]
    steady: int
    arguments: int

    def runs(self) -> Iterator[tuple[int, int, int, int]]:
        """Gates whose states lie side by side: the first state, the rows of both, and how many."""
        first = 0
        for number, gate in enumerate(self.gates, 1):
            if number == len(self.gates) or self.gates[number].state != gate.state + 1:
                yield self.gates[first].state, self.steady + first, self.arguments + first, number - first
                first = number


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages in order, and the gates behind them; `rows` tells what stages hand on by its row, `size` is how many
    rows there are."""

    stages: tuple[Stage, ...]
    rows: Mapping[Symbol, int]
    size: int
    relax: Relax | None = None


def filled(rows: int) -> int:
    """So many rows, filled up; a single one is left by itself."""
    return rows if rows == 1 else -(-rows // MULTIPLE) * MULTIPLE
