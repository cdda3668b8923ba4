"""Step -> a kernel in C: cells side by side in vectors, blocks of cells on threads. Python drives it in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iondsl import resources
from iondsl.options import Options
from iondsl.render import render
from iondsl.step import Step
from iondsl.targets._code import Dialect
from iondsl.targets._names import identifiers
from iondsl.targets._printer import Printer
from iondsl.targets._routines import Routines, Syntax

TEMPLATE = "kernel.c.j2"
FUNCTIONS = "vecmath.h"
MODERATE = "vecmath_inside.h"

_SAME = ("exp", "expm1", "exprel", "log", "log1p", "log10", "sqrt", "floor", "sign", "sigmoid", "heaviside")
_KNOWN = ("bernoulli", "exprel_of")
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
# Element i of a cell's column: w is the distance from one row of the array to the next.
SYNTAX = Syntax(define="const real {} = {};", store="{} = {};", element="{0}[{1}*{0}w]")


@dataclass(frozen=True, slots=True)
class Kernel:
    """The context of the template: sizes, and lines of code. `exported`: others than this text call its functions."""

    exported: bool
    define: str
    functions: str
    states: int
    parameters: int
    inputs: int
    offsets: int
    constants: int
    time: str
    dt: str
    hoisted: tuple[str, ...]
    advance: tuple[str, ...]
    initial: tuple[str, ...]
    observe: tuple[str, ...]
    watch: tuple[str, ...]
    events: int
    settings: int


def kernel(step: Step, options: Options, exported: bool = False) -> str:
    """The C text: `ion_initial`, `ion_step`, `ion_observe` and what events need, on structures of arrays."""
    printer = Printer(DIALECT, identifiers(step))
    routines = Routines(step, printer, SYNTAX)
    context = Kernel(
        exported=exported,
        define="#define IONDSL_FLOAT32" if options.dtype == "float32" else "",
        functions=functions(step),
        states=len(step.states),
        parameters=len(step.parameters),
        inputs=len(step.inputs),
        offsets=len(step.offsets),
        constants=len(routines.constants()),
        time=printer.text(step.time),
        dt=printer.text(step.dt),
        hoisted=tuple(routines.hoisted()),
        advance=tuple(_in_place(routines)),
        initial=tuple(routines.initial()),
        observe=tuple(routines.observe()),
        watch=tuple(routines.watch()),
        events=len(step.events),
        settings=len(step.settings),
    )
    return render(TEMPLATE, context)


def functions(step: Step) -> str:
    """The elementary functions; a fast kernel has some more."""
    names = (FUNCTIONS,) if step.assumed is None else (FUNCTIONS, MODERATE)
    return "\n".join(resources.text(resources.TEMPLATES, name) for name in names)


def _in_place(routines: Routines) -> Iterator[str]:
    """States are overwritten only when all of the new ones are known."""
    yield from routines.advance()
    outputs = routines.step.advance.outputs
    for index, value in enumerate(outputs):
        yield f"const real next_{index} = {routines.printer.text(value)};"
    for index in range(len(outputs)):
        yield f"{routines.element('s', index)} = next_{index};"
