"""Step -> a kernel in C: cells side by side in vectors, blocks of cells on threads. Python drives it in two ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iondsl import resources
from iondsl.options import Options
from iondsl.render import render
from iondsl.step import Step
from iondsl.targets._c import DIALECT, SYNTAX
from iondsl.targets._cut import staged
from iondsl.targets._names import identifiers
from iondsl.targets._printer import Printer
from iondsl.targets._routines import Routines
from iondsl.targets._stage_texts import NEARER, RelaxText, StageText, coefficients, relax_text, stage_texts, stored
from iondsl.targets._stages import Stages

TEMPLATE = "kernel.c.j2"
FUNCTIONS = ("vecmath.h", "vecmath_powers.h")
MODERATE = "vecmath_inside.h"
# Functions that are also there for several numbers at a time.
SEVERAL = {"exp2_inside": "exp2_several"}
# Bytes that a block may take of a processor's nearest cache, and how many cells it then has: an odd multiple of any
# vector's length. Of rows that lie a power of two apart, one would wait for what is written to another.
NEAREST = 40_000
FEWEST, LANES = 48, 16
MOST = {"float64": 112, "float32": 240}


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
    several: Mapping[str, str]
    line_rows: tuple[int, ...]
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
    slopes = coefficients(step, stages)
    context = Kernel(
        exported=exported,
        define="#define IONDSL_FLOAT32" if options.dtype == "float32" else "",
        functions=functions(step),
        states=len(step.states),
        inputs=len(step.inputs),
        offsets=len(step.offsets),
        observables=len(step.layout.observables),
        constants=len(routines.constants()) + len(slopes),
        uniforms=len(routines.uniforms()),
        varied=len(routines.varied_parameters),
        varied_inputs=len(routines.varied_inputs),
        own_constants=len(routines.own_constants()),
        block=_block(step, routines, stages, options),
        lanes=LANES,
        held=_held(step, routines),
        time=printer.text(step.time),
        dt=printer.text(step.dt),
        hoisted=(*routines.hoisted(), *stored(routines, slopes)),
        own=tuple(routines.own()),
        uniform=tuple(routines.uniform()),
        stages=tuple(stage_texts(routines, stages)),
        relax=relax_text(stages.relax),
        rows=stages.size,
        nearer=NEARER,
        several=SEVERAL,
        line_rows=tuple(call.rows for each in stages.stages for call in each.calls if call.state is not None),
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
    names = (*FUNCTIONS, MODERATE) if is_fast else FUNCTIONS
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
    return max(FEWEST, min(MOST[options.dtype], (vectors - 1 + vectors % 2) * LANES))


def _in_rows(stages: Stages) -> tuple[str, ...]:
    found = [call.function for each in stages.stages for call in each.calls]
    return tuple(dict.fromkeys((*found, "exp2") if stages.relax else found))
