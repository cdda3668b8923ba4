"""Step -> a kernel in C: cells side by side in vectors, blocks of cells on threads. Python drives it in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sympy import Expr, Symbol

from iondsl import resources
from iondsl.algebra import symbols_of
from iondsl.options import Options
from iondsl.render import render
from iondsl.step import Step
from iondsl.targets._code import Dialect
from iondsl.targets._names import identifiers
from iondsl.targets._printer import Printer
from iondsl.targets._routines import Routines, Syntax
from iondsl.targets._stages import Relax, Stage, Stages, filled, staged

TEMPLATE = "kernel.c.j2"
FUNCTIONS = "vecmath.h"
MODERATE = "vecmath_inside.h"
# Bytes that a block may take of a processor's nearest cache, and how many cells it then has: an odd multiple of any
# vector's length. Of rows that lie a power of two apart, one would wait for what is written to another.
NEAREST = 40_000
FEWEST, MOST, LANES = 48, 112, 16
# Functions that have a cheaper form, with the same bits, where all arguments are positive, normal and finite.
PLAINER = {"log": "log_plain"}
# And where all are near 0; `reach` knows of both.
NEARER = {"exp": "exp_near", "exp2": "exp2_inside"} | PLAINER
# So many arguments are looked at together.
TOGETHER = 8

_SAME = ("exp", "exp2", "expm1", "exprel", "log", "log1p", "log10", "sqrt", "floor", "sign", "sigmoid", "heaviside",
         "where")
_KNOWN = ("bernoulli", "bernoulli_above", "bernoulli_below", "exprel_of")
_INSIDE = ("exp2_inside", "bernoulli_inside")
_CIRCULAR = ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")
_OTHER = {"Abs": "ion_abs", "ceiling": "ion_ceil", "Max": "ion_max", "Min": "ion_min", "Pow": "ion_pow"}

DIALECT = Dialect(
    # Every literal has the type of the kernel: one double would make all of a float32 expression double.
    number="R({!r})".format,
    typed=str,
    select="({} ? {} : {})".format,
    negation="!({})".format,
    undefined="R(NAN)",
    functions={name: f"ion_{name}" for name in (*_SAME, *_KNOWN, *_INSIDE, *_CIRCULAR)} | _OTHER,
)
# Element i of a cell's column: w is the distance from one row of the array to the next, n from one offset of a step.
SYNTAX = Syntax(
    define="const real {} = {};",
    store="{} = {};",
    shared="{}[{}]",
    own="{0}[{1}*{0}w]",
    sample="{0}[{1}*{0}w + {2}*{0}n]",
)


@dataclass(frozen=True, slots=True)
class StageText:
    """The lines of a stage for one cell, and the calls behind it: function, first row, how many, and filled up; of what
    is linear in a state its number and where in `k` the slopes are, with the offsets behind them.
    `reaches`: it tells how far the arguments of exponentials are from 0."""

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


@dataclass(frozen=True, slots=True)
class Kernel:
    """The context of the template: sizes, and lines of code. `exported`: others than this text call its functions."""

    exported: bool
    define: str
    functions: str
    states: int
    inputs: int
    offsets: int
    observables: int
    constants: int
    uniforms: int
    varied: int
    varied_inputs: int
    own_constants: int
    block: int
    lanes: int
    held: tuple[tuple[int, int, int], ...]
    time: str
    dt: str
    hoisted: tuple[str, ...]
    own: tuple[str, ...]
    uniform: tuple[str, ...]
    stages: tuple[StageText, ...]
    relax: RelaxText | None
    rows: int
    functions_in_rows: tuple[str, ...]
    nearer: Mapping[str, str]
    lines: bool
    initial: tuple[str, ...]
    observe: tuple[str, ...]
    watch: tuple[str, ...]
    events: int
    settings: int


def kernel(step: Step, options: Options, exported: bool = False) -> str:
    """The C text: `ion_initial`, `ion_step`, `ion_observe` and what events need, on structures of arrays."""
    stages = staged(step)
    names = {symbol: f"e_{number}" for number, symbol in enumerate(stages.rows)}
    printer = Printer(DIALECT, names | dict(identifiers(step)))
    routines = Routines(step, printer, SYNTAX)
    coefficients = _linear(step, stages)
    context = Kernel(
        exported=exported,
        define="#define IONDSL_FLOAT32" if options.dtype == "float32" else "",
        functions=functions(step),
        states=len(step.states),
        inputs=len(step.inputs),
        offsets=len(step.offsets),
        observables=len(step.layout.observables),
        constants=len(routines.constants()) + len(coefficients),
        uniforms=len(routines.uniforms()),
        varied=len(routines.varied_parameters),
        varied_inputs=len(routines.varied_inputs),
        own_constants=len(routines.own_constants()),
        block=_block(step, routines, stages, options),
        lanes=LANES,
        held=_held(step, routines),
        time=printer.text(step.time),
        dt=printer.text(step.dt),
        hoisted=(*routines.hoisted(), *_coefficients(routines, coefficients)),
        own=tuple(routines.own()),
        uniform=tuple(routines.uniform()),
        stages=tuple(_stages(routines, stages)),
        relax=_relax(stages.relax),
        rows=stages.size,
        nearer=NEARER,
        lines=bool(coefficients),
        functions_in_rows=_in_rows(stages),
        initial=tuple(routines.initial()),
        observe=tuple(routines.observe()),
        watch=tuple(routines.watch()),
        events=len(step.events),
        settings=len(step.settings),
    )
    return render(TEMPLATE, context)


def functions(step: Step) -> str:
    """The elementary functions; a fast kernel has some more."""
    is_fast = step.assumed is not None and step.assumed.fast
    names = (FUNCTIONS, MODERATE) if is_fast else (FUNCTIONS,)
    return "\n".join(resources.text(resources.TEMPLATES, name) for name in names)


def _held(step: Step, routines: Routines) -> tuple[tuple[int, int, int], ...]:
    """Of every state that a protocol holds its row, that of the input that it follows, and whether this one varies."""
    names, found = {name: row for row, name in enumerate(step.layout.inputs)}, []
    for row, name in enumerate(step.layout.states):
        if name in names:
            symbol = step.inputs[names[name]]
            varies = symbol in step.varied
            found.append((row, routines.varied_inputs.index(symbol) if varies else names[name], int(varies)))
    return tuple(found)


def _block(step: Step, routines: Routines, stages: Stages, options: Options) -> int:
    """How many cells take their steps together."""
    own = len(routines.varied_parameters) + len(routines.own_constants()) + len(routines.varied_inputs)
    of_a_cell = max(1, len(step.states) + stages.size + own) * {"float64": 8, "float32": 4}[options.dtype]
    vectors = NEAREST // of_a_cell // LANES
    return max(FEWEST, min(MOST, (vectors - 1 + vectors % 2) * LANES))


def _in_rows(stages: Stages) -> tuple[str, ...]:
    found = [call.function for each in stages.stages for call in each.calls]
    return tuple(dict.fromkeys((*found, "exp2") if stages.relax else found))


def _relax(relax: Relax | None) -> RelaxText | None:
    if relax is None:
        return None
    return RelaxText(relax.stage, relax.arguments, filled(len(relax.gates)), tuple(relax.runs()))


def _linear(step: Step, stages: Stages) -> tuple[Expr, ...]:
    """The slopes of each call that is linear in a state, and then its offsets."""
    found = [call.lines(step.states) for stage in stages.stages for call in stage.calls]
    return tuple(each for lines in found for each in (*(one.slope for one in lines), *(one.offset for one in lines)))


def _coefficients(routines: Routines, coefficients: tuple[Expr, ...]) -> Iterator[str]:
    for index, value in enumerate(coefficients, len(routines.constants())):
        yield SYNTAX.store.format(SYNTAX.shared.format("k", index), routines.printer.text(value))


def _stages(routines: Routines, stages: Stages) -> Iterator[StageText]:
    place = len(routines.constants())
    for number, each in enumerate(stages.stages):
        relax = stages.relax if stages.relax and stages.relax.stage == number else None
        calls = list[tuple[str, int, int, int, int | None, int]]()
        for call in each.calls:
            calls.append((call.function, call.first, call.rows, filled(call.rows), call.state, place))
            place += 2 * call.rows if call.state is not None else 0
        reaches = relax is not None or any(call.function in NEARER for call in each.calls)
        yield StageText(tuple(_lines(routines, stages, each, relax)), tuple(calls), reaches)


def _lines(routines: Routines, stages: Stages, stage: Stage, relax: Relax | None) -> Iterator[str]:
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
    yield from _read(routines, stages, stage, (*arguments.values(), *(symbol for _, symbol in kept)))
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
    yield f"return {_reach(sorted(reaching), plain)};"


def _read(routines: Routines, stages: Stages, stage: Stage, others: Iterable[Expr]) -> Iterator[str]:
    """What the stage finds in its arguments and in rows."""
    needed = frozenset[Symbol]().union(*(symbols_of(value) for value in (*stage.values(), *others)))
    assigned = {each.target for each in stage.assignments}
    yield from routines.given(needed)
    for symbol, row in stages.rows.items():
        if symbol in needed and symbol not in assigned:
            yield routines.define(symbol, SYNTAX.own.format("x", row))


def _reach(rows: Sequence[int], plain: Sequence[int]) -> str:
    """How far some arguments are from 0, of a few by the sum of their squares, and whether some are plain numbers."""
    squares = [f"argument_{row}*argument_{row}" for row in rows]
    some = (squares[first : first + TOGETHER] for first in range(0, len(squares), TOGETHER))
    found = [f"ion_reach({' + '.join(each)})" for each in some]
    return " | ".join((*found, *(f"ion_reach_plain(argument_{row})" for row in plain))) or "0"
