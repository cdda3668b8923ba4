"""Linear equations solved by elimination, written out as assignments; no pivot is looked for while it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sympy import Expr, S, Symbol

from iondsl.algebra import divide, multiply, negate, subtract, symbol
from iondsl.step import Assignment

Entry = tuple[Symbol, Symbol]


@dataclass(slots=True)
class Elimination:
    """Solves one system of linear equations; `entries` and `right` are what is left of it, `body` the way there."""

    name: str
    entries: dict[Entry, Expr]
    right: dict[Symbol, Expr]
    body: list[Assignment] = field(default_factory=list)

    def solved(self, unknowns: tuple[Symbol, ...], pivots: tuple[Symbol, ...] = ()) -> dict[Symbol, Expr]:
        """The value of every unknown. Without `pivots`, their order, what has few neighbours goes first."""
        left = list(unknowns)
        rows: list[tuple[Symbol, Expr, dict[Symbol, Expr]]] = []
        while left:
            pivot = pivots[len(rows)] if pivots else min(left, key=lambda each: self.additions(each, left))
            left.remove(pivot)
            rows.append((pivot, *self.take_out(pivot, left)))
        solution: dict[Symbol, Expr] = {}
        for unknown, inverse, row in reversed(rows):
            value = self.right[unknown]
            for column, entry in row.items():
                value = subtract(value, multiply(entry, solution[column]))
            solution[unknown] = self.named(multiply(value, inverse))
        return {each: solution[each] for each in unknowns}

    def additions(self, pivot: Symbol, left: list[Symbol]) -> int:
        """How many entries change when an unknown is taken out."""
        return len(list(self.column(pivot, left))) * len(list(self.row(pivot, left)))

    def row(self, pivot: Symbol, left: list[Symbol]) -> Iterator[Symbol]:
        return (each for each in left if each != pivot and (pivot, each) in self.entries)

    def column(self, pivot: Symbol, left: list[Symbol]) -> Iterator[Symbol]:
        return (each for each in left if each != pivot and (each, pivot) in self.entries)

    def take_out(self, pivot: Symbol, left: list[Symbol]) -> tuple[Expr, dict[Symbol, Expr]]:
        """Take the multiples of a row from those below it; one over its pivot, and what else is in it."""
        inverse = self.named(divide(S.One, self.entries[pivot, pivot]))
        row = {column: self.named(self.entries[pivot, column]) for column in self.row(pivot, left)}
        self.right[pivot] = self.named(self.right[pivot])
        for target in self.column(pivot, left):
            multiple = self.named(multiply(self.entries[target, pivot], inverse))
            self.right[target] = subtract(self.right[target], multiply(multiple, self.right[pivot]))
            for column, entry in row.items():
                taken, known = multiply(multiple, entry), self.entries.get((target, column))
                self.entries[target, column] = negate(taken) if known is None else subtract(known, taken)
        return inverse, row

    def named(self, value: Expr) -> Expr:
        """A symbol for a value that is used again."""
        if value.is_Symbol:
            return value
        target = symbol(f"{self.name}~{len(self.body)}")
        self.body.append(Assignment(target, value))
        return target
