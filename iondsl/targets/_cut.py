"""The step cut into stages: what stands in which, and which rows hold what goes from one to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Add, Expr, Mul, Symbol

from iondsl.algebra import exp2, negate, symbol, symbols_of, transform
from iondsl.step import Assignment, Step
from iondsl.targets._lines import line
from iondsl.targets._stages import Call, Gate, Relax, Stage, Stages, filled

# Functions of one argument that cost more than to store the argument and to load the result.
EXPONENTIALS = {"exp", "exp2", "expm1", "exprel", "exp2_inside", "sigmoid", "sinh", "cosh", "tanh"}
IN_ROWS = frozenset({*EXPONENTIALS, "log", "log1p", "log10"})
# The one that is also there with arguments that are linear in a state.
LINEAR = "exp2_inside"


def staged(step: Step) -> Stages:
    """The body of one step, cut where functions are called in rows."""
    calls, computed = Calls(), {each.target for each in step.advance.body}
    body = tuple(Assignment(each.target, calls.without(each.value)) for each in step.advance.body)
    gates, changed = list[Gate](), list[tuple[int, Expr]]()
    for row, (state, new) in enumerate(zip(step.states, step.advance.outputs, strict=True)):
        gate = gate_of(row, state, new)
        if gate is not None and gate.steady in computed:
            gates.append(replace(gate, argument=calls.without(gate.argument)))
        elif new != state:
            changed.append((row, calls.without(new)))
    return Cut(body, tuple(changed), tuple(gates), calls.found, linear(step, calls.found)).stages()


def linear(step: Step, calls: Mapping[Symbol, tuple[str, Expr]]) -> dict[Symbol, int]:
    """Calls whose argument is linear in a state, by its number, with a slope and an offset that all cells share."""
    shared = {*step.parameters, *(each.target for each in step.advance.hoisted)} - step.own_parameters
    rows, found = {state: row for row, state in enumerate(step.states)}, {}
    for each, (name, argument) in calls.items():
        state, *others = symbols_of(argument) - shared or {None}
        if name == LINEAR and not others and state in rows and line(argument, state) is not None:
            found[each] = rows[state]
    return found


def gate_of(row: int, state: Symbol, new: Expr) -> Gate | None:
    """The gate of an exact step, as the exponential schemes write it."""
    match new:
        case Add(args=(Symbol() as steady, Mul(args=(Add(args=(first, second)), exp2(args=(argument,)))))):
            return Gate(row, steady, argument) if (first, second) == (state, negate(steady)) else None
    return None


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

    body: tuple[Assignment, ...]
    changed: tuple[tuple[int, Expr], ...]
    gates: tuple[Gate, ...]
    calls: dict[Symbol, tuple[str, Expr]]
    linear: dict[Symbol, int]
    depth: dict[Symbol, int] = field(default_factory=dict)

    def stages(self) -> Stages:
        for each in self.body:
            self.depth[each.target] = self.deep(each.value)
        relaxed = max((self.deep(value) for value in self.of_gates()), default=-1)
        last = max((self.deep(value) for _, value in self.changed), default=0)
        last = max(last, relaxed + 1 if self.changed else relaxed)
        places, uses = self.placed(relaxed, last)
        return self.laid_out(places, uses, relaxed, last)

    def of_gates(self) -> Iterator[Expr]:
        for gate in self.gates:
            yield from (gate.steady, gate.argument)

    def deep(self, value: Expr) -> int:
        return max((self.known(each) for each in symbols_of(value)), default=0)

    def known(self, each: Symbol) -> int:
        if each in self.calls and each not in self.depth:
            self.depth[each] = self.deep(self.calls[each][1]) + 1
        return self.depth.get(each, 0)

    def placed(self, relaxed: int, last: int) -> tuple[dict[Symbol, int], dict[Symbol, set[int]]]:
        """Where each assignment is made, and the stages in which each symbol is read; states change in the last."""
        uses: dict[Symbol, set[int]] = defaultdict(set)

        def read(value: Expr, stage: int) -> None:
            for each in symbols_of(value):
                first = each not in uses
                uses[each].add(stage)
                if first and each in self.calls:
                    read(self.calls[each][1], self.known(each) - 1)

        for value in self.of_gates():
            read(value, relaxed)
        for _, value in self.changed:
            read(value, last)
        places = {}
        for each in reversed(self.body):
            if each.target in uses:
                places[each.target] = self.place(each.value, min(uses[each.target]), uses)
                read(each.value, places[each.target])
        return places, uses

    def place(self, value: Expr, last: int, uses: Mapping[Symbol, set[int]]) -> int:
        """The last stage, or the first where that keeps one row instead of several."""
        first = self.deep(value)
        kept = [each for each in symbols_of(value) if each in self.depth and max(uses.get(each, {-1})) < last]
        return first if len(kept) > 1 else last

    def laid_out(
        self, places: dict[Symbol, int], uses: dict[Symbol, set[int]], relaxed: int, last: int
    ) -> Stages:
        stages, plan, relax = [], Plan(), None
        for number in range(last + 1):
            plan.forget([each for each in plan.taken if each in uses and max(uses[each]) <= number])
            calls = []
            for (name, state), called in self.called(number, uses).items():
                first = plan.together(called)
                calls.append(Call(name, first, tuple(self.calls[each][1] for each in called), tuple(called), state))
            here = tuple(each for each in self.body if places.get(each.target) == number)
            kept = [each.target for each in here if max(uses[each.target]) > number]
            found = tuple((plan.together([each]), each) for each in kept)
            stages.append(Stage(here, self.changed if number == last else (), found, tuple(calls)))
            if number == relaxed:
                relax = self.relax(number, plan)
        return Stages(tuple(stages), plan.rows, plan.size, relax)

    def relax(self, number: int, plan: Plan) -> Relax:
        """The rows behind a stage, which are kept until the end."""
        steady, arguments = ([symbol(f"{part}~{gate.state}") for gate in self.gates] for part in ("steady", "relax"))
        return Relax(number, self.gates, plan.together(steady), plan.together(arguments))

    def called(self, stage: int, uses: Iterable[Symbol]) -> dict[tuple[str, int | None], list[Symbol]]:
        """The calls behind a stage, by function and by the state that they are linear in."""
        found: dict[tuple[str, int | None], list[Symbol]] = {}
        for each, (name, _) in self.calls.items():
            if each in uses and self.known(each) == stage + 1:
                found.setdefault((name, self.linear.get(each)), []).append(each)
        return found
