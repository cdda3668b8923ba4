"""Stages as lines of C: what stands in each of them, and what is called behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sympy import Expr, S, Symbol

from iondsl.algebra import symbols_of
from iondsl.step import Step
from iondsl.targets._c import SYNTAX
from iondsl.targets._routines import Routines
from iondsl.targets._stages import Relax, Stage, Stages, filled

# Functions that have a cheaper form, with the same bits, where all arguments are positive, normal and finite.
PLAINER = {"log": "log_plain"}
# And where all are near 0; `reach` knows of both.
NEARER = {"exp": "exp_near", "exp2": "exp2_inside"} | PLAINER
NOTHING = "return 0;"


@dataclass(frozen=True, slots=True)
class StageText:
    """The lines of a stage for one cell, and the calls behind it: function, first row, how many, and filled up; of what
    is linear in a state its number and where in `k` the slopes are, with the offsets behind them.
    `reaches`: it tells how far the arguments of exponentials are from 0. Without lines nothing is done for a cell."""

    lines: tuple[str, ...]
    calls: tuple[tuple[str, int, int, int, int | None, int], ...]
    reaches: bool


@dataclass(frozen=True, slots=True)
class RelaxText:
    """The gates behind all stages: the stage that told of their arguments, the first row of these and how many rows
    with those that fill up, and of each run the first state, the rows of steady states and of arguments, and how
    many."""

    stage: int
    first: int
    filled: int
    runs: tuple[tuple[int, int, int, int], ...]


def coefficients(step: Step, stages: Stages) -> tuple[Expr, ...]:
    """The slopes of each call that is linear in a state, and then its offsets, both filled up with 0."""
    found = list[Expr]()
    for call in (each for stage in stages.stages for each in stage.calls if each.state is not None):
        lines, rest = call.lines(step.states), (S.Zero,) * (filled(call.rows) - call.rows)
        found += (*(each.slope for each in lines), *rest, *(each.offset for each in lines), *rest)
    return tuple(found)


def stored(routines: Routines, coefficients: tuple[Expr, ...]) -> Iterator[str]:
    """Them in `k`, behind the constants."""
    for index, value in enumerate(coefficients, len(routines.constants())):
        yield SYNTAX.store.format(SYNTAX.shared.format("k", index), routines.printer.text(value))


def relax_text(relax: Relax | None) -> RelaxText | None:
    if relax is None:
        return None
    return RelaxText(relax.stage, relax.arguments, filled(len(relax.gates)), tuple(relax.runs()))


def stage_texts(routines: Routines, stages: Stages) -> Iterator[StageText]:
    place = len(routines.constants())
    for number, each in enumerate(stages.stages):
        relax = stages.relax if stages.relax and stages.relax.stage == number else None
        calls = list[tuple[str, int, int, int, int | None, int]]()
        for call in each.calls:
            calls.append((call.function, call.first, call.rows, filled(call.rows), call.state, place))
            place += 2 * filled(call.rows) if call.state is not None else 0
        reaches = relax is not None or any(call.function in NEARER for call in each.calls)
        written = tuple(lines(routines, stages, each, relax))
        yield StageText(() if written == (NOTHING,) else written, tuple(calls), reaches)


def lines(routines: Routines, stages: Stages, stage: Stage, relax: Relax | None) -> Iterator[str]:
    """States are overwritten only when all of the new ones of a stage are known."""
    text, arguments, kept = routines.printer.text, dict[int, Expr](), [*stage.kept]
    reaching, plain = set[int](), list[int]()
    for call in (each for each in stage.calls if each.state is None):
        arguments |= dict(enumerate(call.values, call.first))
        if call.function in PLAINER:
            plain += range(call.first, call.first + call.rows)
        elif call.function in NEARER:
            reaching |= {*range(call.first, call.first + call.rows)}
    if relax is not None:
        kept += enumerate((gate.steady for gate in relax.gates), relax.steady)
        gates = dict(enumerate((gate.argument for gate in relax.gates), relax.arguments))
        arguments, reaching = arguments | gates, reaching | {*gates}
    yield from read(routines, stages, stage, (*arguments.values(), *(symbol for _, symbol in kept)))
    yield from routines.assignments(stage.assignments)
    for row, value in arguments.items():
        yield f"const real argument_{row} = {text(value)};"
        yield SYNTAX.store.format(SYNTAX.own.format("x", row), f"argument_{row}")
    for row, symbol in kept:
        yield SYNTAX.store.format(SYNTAX.own.format("x", row), text(symbol))
    for index, value in stage.outputs:
        yield f"const real next_{index} = {text(value)};"
    for index, _ in stage.outputs:
        yield SYNTAX.store.format(SYNTAX.own.format("s", index), f"next_{index}")
    yield f"return {reach(sorted(reaching), plain)};" if reaching or plain else NOTHING


def read(routines: Routines, stages: Stages, stage: Stage, others: Iterable[Expr]) -> Iterator[str]:
    """What the stage finds in its arguments and in rows."""
    needed = frozenset[Symbol]().union(*(symbols_of(value) for value in (*stage.values(), *others)))
    assigned = {each.target for each in stage.assignments}
    yield from routines.given(needed)
    for symbol, row in stages.rows.items():
        if symbol in needed and symbol not in assigned:
            yield routines.define(symbol, SYNTAX.own.format("x", row))


def reach(rows: Iterable[int], plain: Iterable[int]) -> str:
    """How far some arguments are from 0, and whether some are plain numbers."""
    near = (f"ion_reach(argument_{row})" for row in rows)
    return " | ".join((*near, *(f"ion_reach_plain(argument_{row})" for row in plain)))
