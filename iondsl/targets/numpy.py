"""Step -> a module of plain NumPy, vectorised over cells. It needs no compiler."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iondsl.options import Options
from iondsl.render import render
from iondsl.step import Step
from iondsl.targets._code import Dialect
from iondsl.targets._interface import interface
from iondsl.targets._names import identifiers
from iondsl.targets._printer import Printer
from iondsl.targets._routines import Routines, Syntax

READS = "step"
EXTENSION = ".py"
TEMPLATE = "numpy.py.j2"

_SAME = ("exp", "exp2", "expm1", "log", "log1p", "log10", "sqrt", "floor", "sign")
_CIRCULAR = ("sin", "cos", "tan", "sinh", "cosh", "tanh")
_OTHER = {
    "asin": "np.arcsin",
    "acos": "np.arccos",
    "atan": "np.arctan",
    "Abs": "np.abs",
    "ceiling": "np.ceil",
    "Max": "np.maximum",
    "Min": "np.minimum",
    "Pow": "np.power",
    "exprel": "_exprel",
    "bernoulli": "_bernoulli",
    "exp2_inside": "np.exp2",
    "bernoulli_above": "_bernoulli_above",
    "bernoulli_below": "_bernoulli_below",
    "bernoulli_inside": "_bernoulli",
    "exprel_of": "_exprel_of",
    "sigmoid": "_sigmoid",
    "heaviside": "_heaviside",
    "where": "_where",
}

DIALECT = Dialect(
    number=repr,
    # NumPy computes functions of literals, and divides by them, in float64, which would spread.
    typed="real({})".format,
    select="np.where({}, {}, {})".format,
    negation="np.logical_not({})".format,
    undefined="np.nan",
    functions={name: f"np.{name}" for name in (*_SAME, *_CIRCULAR)} | _OTHER,
)
SYNTAX = Syntax(define="{} = {}", store="{} = {}", shared="{}[{}]", own="{}[{}]", sample="{0}[{2}, {1}]")


@dataclass(frozen=True, slots=True)
class Module:
    """The template's context; from `hoisted` on lines of code."""

    interface: str
    dtype: str
    time: str
    dt: str
    constants: int
    own_constants: int
    uniforms: int
    hoisted: tuple[str, ...]
    own: tuple[str, ...]
    advance: tuple[str, ...]
    initial: tuple[str, ...]
    observe: tuple[str, ...]
    watch: tuple[str, ...]


def generate(step: Step, options: Options, units: Mapping[str, str]) -> str:
    """The text of the module; `units` holds the unit's text by name."""
    printer = Printer(DIALECT, identifiers(step))
    routines = Routines(step, printer, SYNTAX)
    module = Module(
        interface=interface(step, options, units),
        dtype=options.dtype,
        time=printer.text(step.time),
        dt=printer.text(step.dt),
        constants=len(routines.constants()),
        own_constants=len(routines.own_constants()),
        uniforms=len(routines.uniforms()),
        hoisted=tuple(routines.hoisted()),
        own=tuple(routines.own()),
        advance=(*routines.uniform(), *routines.advance(), *routines.stores("out", step.advance.outputs, SYNTAX.own)),
        initial=tuple(routines.initial()),
        observe=tuple(routines.observe()),
        watch=tuple(routines.watch()),
    )
    return render(TEMPLATE, module)
