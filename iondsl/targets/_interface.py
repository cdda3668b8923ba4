"""What every generated module has, whatever computes in it: names, units, defaults, checks of arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sympy import Symbol

from iondsl.options import Options
from iondsl.render import render
from iondsl.step import Step

TEMPLATE = "interface.py.j2"
STUB_TEMPLATE = "stub.pyi.j2"


@dataclass(frozen=True, slots=True)
class Interface:
    """The template's context; from `offsets` on, literals. `format` is `dtype` in the buffer protocol."""

    title: str
    scheme: str
    dtype: str
    format: str
    offsets: str
    states: tuple[str, ...]
    parameters: tuple[str, ...]
    inputs: tuple[str, ...]
    observables: tuple[str, ...]
    units: tuple[tuple[str, str], ...]
    parameter_values: tuple[str, ...]
    input_values: tuple[str, ...]
    varied_parameters: str
    varied_inputs: str
    events: tuple[str, ...]
    settings: str


@dataclass(frozen=True, slots=True)
class Stub:
    title: str
    scheme: str
    dtype: str
    events: bool
    runs: bool


def interface(step: Step, options: Options, units: Mapping[str, str]) -> str:
    """The head of a module, from its docstring to the functions that check arguments.

    `units` holds the unit's text by name; what is missing there is unknown.
    """
    layout = step.layout
    names = dict.fromkeys((*layout.states, *layout.parameters, *layout.inputs, *layout.observables))
    context = Interface(
        title=title(step, options),
        scheme=options.scheme,
        dtype=options.dtype,
        format={"float64": "d", "float32": "f"}[options.dtype],
        offsets=repr(tuple(float(offset) for offset in step.offsets)),
        states=_literals(layout.states),
        parameters=_literals(layout.parameters),
        inputs=_literals(layout.inputs),
        observables=_literals(layout.observables),
        units=tuple((repr(name), repr(units.get(name, ""))) for name in names),
        parameter_values=_literals(step.defaults),
        input_values=_literals(step.input_defaults),
        varied_parameters=repr(_varied(step, layout.parameters, step.parameters)),
        varied_inputs=repr(_varied(step, layout.inputs, step.inputs)),
        events=_literals(step.events),
        settings=repr(step.settings),
    )
    return render(TEMPLATE, context)


def stub(step: Step, options: Options) -> str:
    """The `.pyi` of a generated module."""
    runs = options.target == "c"
    return render(STUB_TEMPLATE, Stub(title(step, options), options.scheme, options.dtype, bool(step.events), runs))


def title(step: Step, options: Options) -> str:
    """What a module's docstring calls the model."""
    return f"{step.name}, variant {options.variant}" if options.variant else step.name


def _varied(step: Step, names: tuple[str, ...], symbols: tuple[Symbol, ...]) -> tuple[str, ...]:
    """The names of what every cell has its own of."""
    return tuple(name for name, symbol in zip(names, symbols, strict=True) if symbol in step.varied)


def _literals(values: Iterable[str | float]) -> tuple[str, ...]:
    return tuple(map(repr, values))
