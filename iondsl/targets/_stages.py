"""One step in stages: loops over cells that are short enough for a processor to overlap one vector with the next.

Exponentials and their like stand between the stages. A stage leaves their arguments in rows, and one loop then replaces
each number of these rows by its exponential: it is all that the loop does, so its constants stay in registers, and of
a single cell several exponentials fill a vector.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Expr, Symbol

from iondsl.algebra import symbol, symbols_of, transform
from iondsl.step import Assignment, Step

# Functions of one argument that cost more than to store the argument and to load the result.
EXPONENTIALS = {"exp", "expm1", "exprel", "exp2_inside", "sigmoid", "sinh", "cosh", "tanh"}
IN_ROWS = frozenset({*EXPONENTIALS, "log", "log1p", "log10"})
# Rows of one call, so that vectors are full where there is one cell.
MULTIPLE = 8


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the numbers in `rows` rows from `first` on: `values` are there before, and then `symbols`."""

    function: str
    first: int
    values: tuple[Expr, ...]
    symbols: tuple[Symbol, ...]

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
        """All that the stage computes."""
        arguments = (each for call in self.calls for each in call.values)
        return (*(each.value for each in self.assignments), *(value for _, value in self.outputs), *arguments)


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages in order; `rows` tells what they hand on by its row, `size` is how many rows there are."""

    stages: tuple[Stage, ...]
    rows: Mapping[Symbol, int]
    size: int


def filled(rows: int) -> int:
    """So many rows, filled up; a single one is left by itself."""
    return rows if rows == 1 else -(-rows // MULTIPLE) * MULTIPLE


def staged(step: Step) -> Stages:
    """The body of one step, cut where functions are called in rows."""
    calls = Calls()
    body = tuple(Assignment(each.target, calls.without(each.value)) for each in step.advance.body)
    outputs = tuple(calls.without(each) for each in step.advance.outputs)
    return Cut(step.states, body, outputs, calls.found).stages()


@dataclass(slots=True)
class Plan:
    """Which row holds what; a row is used again when nothing reads any more what it held."""

    rows: dict[Symbol, int] = field(default_factory=dict)
    free: set[int] = field(default_factory=set)
    taken: dict[Symbol, range] = field(default_factory=dict)
    size: int = 0

    def forget(self, symbols: Iterable[Symbol]) -> None:
        for each in symbols:
            self.free |= {*self.taken.pop(each, ())}

    def together(self, symbols: list[Symbol]) -> int:
        """The first of some rows that lie one behind the other; of several, so many that vectors of them are full."""
        count = filled(len(symbols))
        starts = (row for row in sorted(self.free) if self.free.issuperset(range(row, row + count)))
        first = next(starts, self.size)
        found = range(first, first + count)
        self.free -= {*found}
        self.size = max(self.size, found.stop)
        for row, each in enumerate(symbols, first):
            self.rows[each], self.taken[each] = row, range(row, row + 1)
        self.taken[symbols[-1]] = range(first + len(symbols) - 1, found.stop)
        return first


@dataclass(slots=True)
class Calls:
    """Takes calls out of expressions: `found` are the name of the function and its argument by the call's symbol."""

    found: dict[Symbol, tuple[str, Expr]] = field(default_factory=dict)
    symbols: dict[Expr, Symbol] = field(default_factory=dict)

    def without(self, expression: Expr) -> Expr:
        return transform(expression, self.named)

    def named(self, node: Any) -> Any:
        name = type(node).__name__
        if name not in IN_ROWS:
            return node
        if node not in self.symbols:
            self.symbols[node] = symbol(f"call~{len(self.symbols)}")
            self.found[self.symbols[node]] = name, node.args[0]
        return self.symbols[node]


@dataclass(slots=True)
class Cut:
    """Puts everything into the last stage in which it can be, so that little is handed from stage to stage.

    `depth` is the first stage in which a symbol is known, `place` the one in which it is computed.
    """

    states: tuple[Symbol, ...]
    body: tuple[Assignment, ...]
    outputs: tuple[Expr, ...]
    calls: dict[Symbol, tuple[str, Expr]]
    depth: dict[Symbol, int] = field(default_factory=dict)

    def stages(self) -> Stages:
        for each in self.body:
            self.depth[each.target] = self.deep(each.value)
        last = max((self.deep(value) for value in self.outputs), default=0)
        places, uses = self.placed(last)
        return self.laid_out(places, uses, last)

    def deep(self, value: Expr) -> int:
        return max((self.known(each) for each in symbols_of(value)), default=0)

    def known(self, each: Symbol) -> int:
        if each in self.calls and each not in self.depth:
            self.depth[each] = self.deep(self.calls[each][1]) + 1
        return self.depth.get(each, 0)

    def placed(self, last: int) -> tuple[dict[Symbol, int], dict[Symbol, set[int]]]:
        """Where each assignment is made, and the stages in which each symbol is read; states change in the last."""
        uses: dict[Symbol, set[int]] = defaultdict(set)

        def read(value: Expr, stage: int) -> None:
            for each in symbols_of(value):
                first = each not in uses
                uses[each].add(stage)
                if first and each in self.calls:
                    read(self.calls[each][1], self.known(each) - 1)

        for _, value in self.changed():
            read(value, last)
        places = {}
        for each in reversed(self.body):
            if each.target in uses:
                places[each.target] = min(uses[each.target])
                read(each.value, places[each.target])
        return places, uses

    def changed(self) -> tuple[tuple[int, Expr], ...]:
        """The new states by their number."""
        pairs = enumerate(zip(self.outputs, self.states, strict=True))
        return tuple((row, value) for row, (value, state) in pairs if value != state)

    def laid_out(self, places: dict[Symbol, int], uses: dict[Symbol, set[int]], last: int) -> Stages:
        stages, plan = [], Plan()
        for number in range(last + 1):
            plan.forget([each for each in plan.taken if max(uses[each]) <= number])
            calls = []
            for name, called in self.called(number, uses).items():
                first = plan.together(called)
                calls.append(Call(name, first, tuple(self.calls[each][1] for each in called), tuple(called)))
            here = tuple(each for each in self.body if places.get(each.target) == number)
            kept = [each.target for each in here if max(uses[each.target]) > number]
            found = tuple((plan.together([each]), each) for each in kept)
            stages.append(Stage(here, self.changed() if number == last else (), found, tuple(calls)))
        return Stages(tuple(stages), plan.rows, plan.size)

    def called(self, stage: int, uses: Iterable[Symbol]) -> dict[str, list[Symbol]]:
        """The calls behind a stage, by function."""
        found: dict[str, list[Symbol]] = {}
        for each, (name, _) in self.calls.items():
            if each in uses and self.known(each) == stage + 1:
                found.setdefault(name, []).append(each)
        return found
