"""Model + scheme → Step: the order of everything that one step, the initial state and the observables compute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from math import nan
from types import ModuleType

from sympy import Expr, Symbol

from iondsl import plugins
from iondsl.algebra import substitute, symbol, symbols_in
from iondsl.analysis.literals import folded
from iondsl.errors import UsageError
from iondsl.flow import Flow, Update, sample
from iondsl.model import Equation, Input, Model, State
from iondsl.options import Options
from iondsl.order import dependency_order
from iondsl.step import Assignment, Computed, Layout, Routine, Sample, Step

SCHEMES = "iondsl.schemes"


def schedule(model: Model, options: Options) -> Step:
    """The Step of a model under the options' scheme, not yet optimised."""
    scheme = plugins.load(SCHEMES, options.scheme)
    held = frozenset(options.held)
    check_held(model, held)
    model = following(model, held)
    inputs = all_inputs(model, held)
    dt = symbol("dt~")
    parameters = tuple(each for each in model.parameters if each.symbol.name not in held)
    observables = (*(each.symbol for each in model.equations), *(each.symbol for each in inputs))
    defaults, computed = parameter_values(model, held)
    return Step(
        name=model.system.name,
        layout=Layout(
            states=names(state.symbol for state in model.states),
            parameters=names(each.symbol for each in parameters),
            inputs=names(each.symbol for each in inputs),
            observables=names(observables),
        ),
        time=model.time,
        dt=dt,
        states=tuple(row(state, held) for state in model.states),
        parameters=tuple(each.symbol for each in parameters),
        inputs=tuple(each.symbol for each in inputs),
        defaults=defaults,
        computed=computed,
        input_defaults=tuple(each.default for each in inputs),
        offsets=scheme.OFFSETS,
        samples=samples(inputs, scheme.OFFSETS),
        initial=initial(model, held),
        advance=advance(model, scheme, held, inputs, dt),
        observe=Routine((), equations(model), tuple(observables)),
    )


def names(symbols: Iterable[Symbol]) -> tuple[str, ...]:
    return tuple(str(each.name) for each in symbols)


def check_held(model: Model, held: frozenset[str]) -> None:
    """A held state has the derivative of its protocol, which no equation can use."""
    for equation in model.equations:
        for used in symbols_in(equation.expr):
            if used.name.endswith("'") and used.name[:-1] in held:
                raise UsageError(
                    f"`{used.name[:-1]}` cannot be clamped: `{equation.symbol.name}` uses its derivative `{used.name}`"
                )


def following(model: Model, held: frozenset[str]) -> Model:
    """Parameters that are computed from a driven one vary with it: they become equations."""
    varying: dict[Symbol, Equation] = {}
    for each in dependency_order(model.parameters, lambda row: row.symbol, lambda row: row.value):
        if any(used.name in held or used in varying for used in each.value.free_symbols):
            varying[each.symbol] = Equation(each.symbol, each.value, each.quantity)
    kept = tuple(each for each in model.parameters if each.symbol not in varying)
    return replace(model, parameters=kept, equations=(*varying.values(), *model.equations))


def all_inputs(model: Model, held: frozenset[str]) -> tuple[Input, ...]:
    """The model's inputs, then what a protocol holds: clamped states and driven parameters."""
    states = [Input(state.symbol, number(state.initial), state.quantity) for state in model.states]
    driven = [Input(each.symbol, number(each.value), each.quantity) for each in model.parameters]
    return (*model.inputs, *(each for each in (*states, *driven) if each.symbol.name in held))


def number(value: Expr) -> float:
    """A literal. For anything else NaN: the protocol gives its value before it is read."""
    return float(value) if value.is_Number else nan


def row(state: State, held: frozenset[str]) -> Symbol:
    """The symbol of a state's row: that of a held state is set from outside, its name is the input's."""
    return symbol(f"held~{state.symbol.name}") if state.symbol.name in held else state.symbol


def parameter_values(
    model: Model, held: frozenset[str]
) -> tuple[tuple[float, ...], tuple[Computed, ...]]:
    """The literal default of every parameter, NaN for a computed one, and how these are computed, in order."""
    parameters = tuple(each for each in model.parameters if each.symbol.name not in held)
    positions = {each.symbol: position for position, each in enumerate(parameters)}
    values = [folded(each.value) for each in parameters]
    defaults = tuple(float(value) if value.is_Number else float("nan") for value in values)
    following = [each for each, value in zip(parameters, values, strict=True) if not value.is_Number]
    ordered = dependency_order(following, lambda each: each.symbol, lambda each: each.value)
    return defaults, tuple(Computed(positions[each.symbol], each.value) for each in ordered)


def samples(inputs: tuple[Input, ...], offsets: tuple[Fraction, ...]) -> tuple[Sample, ...]:
    return tuple(
        Sample(sample(each.symbol, offset), position, offset)
        for offset in offsets
        for position, each in enumerate(inputs)
    )


def equations(model: Model) -> tuple[Assignment, ...]:
    return tuple(Assignment(each.symbol, each.expr) for each in model.equations)


def advance(
    model: Model, scheme: ModuleType, held: frozenset[str], inputs: tuple[Input, ...], dt: Symbol
) -> Routine:
    """One step: held states keep their row, which the caller sets."""
    moving = tuple(state for state in model.states if state.symbol.name not in held)
    flow = Flow(model.time, dt, moving, tuple(each.symbol for each in inputs), equations(model))
    update: Update = scheme.advance(flow)
    new = dict(zip((state.symbol for state in moving), update.new, strict=True))
    outputs = tuple(new.get(state.symbol, row(state, held)) for state in model.states)
    return Routine((), update.body, outputs)


def initial(model: Model, held: frozenset[str]) -> Routine:
    """Initial values in the order in which they need each other; gates at their steady state."""
    start = [Assignment(state.symbol, state.initial) for state in model.states]
    items = [*start, *equations(model)]
    ordered = dependency_order(items, lambda each: each.target, lambda each: each.value)
    renamed = {state.symbol: row(state, held) for state in model.states}
    body = tuple(
        Assignment(renamed.get(each.target, each.target), substitute(each.value, renamed)) for each in ordered
    )
    return Routine((), body, tuple(renamed.values()))
