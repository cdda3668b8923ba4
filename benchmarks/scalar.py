"""A kernel for one cell in plain C with the functions of libm, printed from a step as it was written.

What a user of a C compiler would do by hand is done: what does not change is computed once, and whole powers are
products. The rest is left to the compiler.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from benchmarks import native
from benchmarks.players import DT, Player, compiled
from iondsl import pipeline
from iondsl.options import Options
from iondsl.passes import fold, hoist, live, powers
from iondsl.schedule import schedule
from iondsl.simulate.kernel import Array
from iondsl.step import Step
from iondsl.targets._code import Dialect
from iondsl.targets._names import identifiers
from iondsl.targets._printer import Printer
from iondsl.targets._routines import Routines, Syntax

_SAME = ("exp", "expm1", "log", "log1p", "log10", "sqrt", "floor", "sinh", "cosh", "tanh")
_OWN = ("exprel", "sigmoid", "bernoulli", "where")
_OTHER = {"Abs": "fabs", "ceiling": "ceil", "Max": "fmax", "Min": "fmin", "Pow": "pow"}

DIALECT = Dialect(
    number=repr,
    typed=str,
    select="({} ? {} : {})".format,
    negation="!({})".format,
    undefined="NAN",
    functions={name: name for name in (*_SAME, *_OWN)} | _OTHER,
)
SYNTAX = Syntax("const double {} = {};", "{} = {};", shared="{}[{}]", own="{}[{}]", sample="{}[{}]")

TEXT = """\
#include <math.h>
#include <stddef.h>

static double exprel(double x) {{ return x == 0 ? 1 : expm1(x)/x; }}
static double sigmoid(double x) {{ return 1/(1 + exp(-x)); }}
static double bernoulli(double x, double e) {{ return fabs(x) < 1e-4 ? 1 - x*(1./2 - x*(1./12)) : x/(e - 1); }}
static double where(double flag, double a, double b) {{ return flag ? a : b; }}

static void constants(const double *p, double {dt}, double *k)
{{
    {hoisted}
}}

__attribute__((noinline))
static void step(double *restrict s, const double *restrict k, const double *restrict u, double {time}, double {dt})
{{
    double r[{uniforms} + 1];
    {body}
}}

/* One cell after the other, each through all its steps. */
void advance(double *state, ptrdiff_t cells, ptrdiff_t steps, double dt, const double *p, const double *u)
{{
    double s[{states}], k[{constants} + 1];
    constants(p, dt, k);
    for (ptrdiff_t c = 0; c < cells; c++) {{
        for (int i = 0; i < {states}; i++) s[i] = state[i*cells + c];
        for (ptrdiff_t n = 0; n < steps; n++) step(s, k, u, n*dt, dt);
        for (int i = 0; i < {states}; i++) state[i*cells + c] = s[i];
    }}
}}
"""


def scalar(model: str, flags: tuple[str, ...], optimised: bool = False) -> Player:
    """A player with the model's defaults. `optimised`: from the step after all of our passes."""
    native.folder().joinpath(f"{model}.c").write_text(text(step_of(model, optimised)))
    function = native.library(native.folder() / f"{model}.c", flags, f"{model}{'_'.join(flags)}_{optimised}").advance
    cell = compiled(model)
    parameters, inputs = cell.module.default_parameters(), cell.module.default_inputs()
    numbers = (ctypes.c_ssize_t, ctypes.c_ssize_t, ctypes.c_double)
    function.argtypes = (ctypes.c_void_p, *numbers, ctypes.c_void_p, ctypes.c_void_p)

    def advance(state: Array, steps: int) -> None:
        function(state.ctypes.data, state.shape[1], steps, DT, parameters.ctypes.data, inputs.ctypes.data)

    return Player(f"scalar C, `{' '.join(flags)}`", model, advance)


def step_of(model: str, optimised: bool) -> Step:
    meaning = pipeline.model_of(pipeline.resolve(pipeline.source_of(model)))
    options = Options()
    if optimised:
        return pipeline.step_of(meaning, options)
    step = schedule(meaning, options)
    for rewrite in (live.rewrite, fold.rewrite, hoist.rewrite, powers.rewrite):
        step = rewrite(step)
    return step


def text(step: Step) -> str:
    printer = Printer(DIALECT, identifiers(step))
    routines = Routines(step, printer, SYNTAX)
    return TEXT.format(
        dt=printer.text(step.dt),
        time=printer.text(step.time),
        states=len(step.states),
        constants=len(routines.constants()),
        uniforms=len(routines.uniforms()),
        hoisted="\n    ".join(routines.hoisted()),
        body="\n    ".join(in_place(routines)),
    )


def in_place(routines: Routines) -> Iterator[str]:
    """States are overwritten when all of the new ones are known."""
    yield from ("{", *routines.uniform(), "}")
    yield from routines.advance()
    outputs = routines.step.advance.outputs
    for index, value in enumerate(outputs):
        yield f"const double next_{index} = {routines.printer.text(value)};"
    for index in range(len(outputs)):
        yield f"s[{index}] = next_{index};"
