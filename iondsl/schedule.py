"""Model + scheme → Step: the order of everything that one step, the initial state and the observables compute."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from types import ModuleType

from sympy import S, Symbol

from iondsl import plugins
from iondsl.algebra import choose, substitute, symbol
from iondsl.analysis.literals import folded
from iondsl.elimination import Elimination
from iondsl.errors import UsageError, suggestion
from iondsl.flow import Flow, Update, sample, staged
from iondsl.holding import all_inputs, holding
from iondsl.model import Input, Joint, Model, Parameter, steady_name
from iondsl.options import Options
from iondsl.order import dependency_order
from iondsl.ranges import assumed
from iondsl.steady import steady_state
from iondsl.step import Assignment, Computed, Layout, Routine, Sample, Step
from iondsl.volumes import END, begun, ended, in_amounts, integrated, read_off, restated, row

SCHEMES = "iondsl.schemes"


def schedule(model: Model, options: Options) -> Step:
    """The Step of a model under the options' scheme, not yet optimised."""
    scheme = plugins.load(SCHEMES, options.scheme)
    held = frozenset(options.held)
    model = holding(model, held)
    inputs = all_inputs(model, held)
    offsets = reading_offsets(model, scheme)
    dt = symbol("dt~")
    parameters = free_parameters(model, held)
    observables = (*(each.symbol for each in model.equations), *(each.symbol for each in inputs))
    defaults, computed = parameter_values(model, held)
    assumptions, asked = assumed(model.system, options)
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
        states=tuple(row(model, held, state.symbol) for state in model.states),
        parameters=tuple(each.symbol for each in parameters),
        inputs=tuple(each.symbol for each in inputs),
        defaults=defaults,
        computed=computed,
        input_defaults=tuple(each.default for each in inputs),
        offsets=offsets,
        samples=samples(inputs, offsets),
        initial=initial(model, held),
        advance=advance(model, scheme, held, inputs, dt),
        observe=observe(model, held, observables),
        watch=watch(model, held),
        events=tuple(event.name for event in model.events),
        settings=settings(model),
        assumed=assumptions,
        used=asked,
        varied=varied(model, (*(each.symbol for each in parameters), *(each.symbol for each in inputs)), options),
    )


def varied(model: Model, known: tuple[Symbol, ...], options: Options) -> frozenset[Symbol]:
    """The parameters and inputs of which every cell has its own. Raises UsageError for a name that is none of them."""
    aliases, symbols = dict(model.system.aliases), {each.name: each for each in known}
    asked = [aliases.get(name, name) for name in options.varied]
    wrong = [name for name in asked if name not in symbols]
    if wrong:
        others = dict.fromkeys((each.symbol.name for each in model.equations), "it is computed by the model")
        others |= dict.fromkeys((each.symbol.name for each in model.states), "it is a state, which always varies")
        cures = ((name, others.get(name) or suggestion(name, symbols) or "there is none") for name in wrong)
        raise UsageError("\n".join(f"no parameter or input `{name}` can vary: {cure}" for name, cure in cures))
    return frozenset(symbols[name] for name in asked)


def names(symbols: Iterable[Symbol]) -> tuple[str, ...]:
    return tuple(str(each.name) for each in symbols)


def free_parameters(model: Model, held: frozenset[str]) -> tuple[Parameter, ...]:
    return tuple(each for each in model.parameters if each.symbol.name not in held)


def parameter_values(
    model: Model, held: frozenset[str]
) -> tuple[tuple[float, ...], tuple[Computed, ...]]:
    """The literal default of every parameter, NaN for a computed one, and how these are computed, in order."""
    parameters = free_parameters(model, held)
    positions = {each.symbol: position for position, each in enumerate(parameters)}
    values = [folded(each.value) for each in parameters]
    defaults = tuple(float(value) if value.is_Number else float("nan") for value in values)
    following = [each for each, value in zip(parameters, values, strict=True) if not value.is_Number]
    ordered = dependency_order(following, lambda each: each.symbol, lambda each: each.value)
    return defaults, tuple(Computed(positions[each.symbol], each.value) for each in ordered)


def reading_offsets(model: Model, scheme: ModuleType) -> tuple[Fraction, ...]:
    """When inputs are read in a step: as the scheme says, and at its end, where sizes and events may follow them."""
    offsets: tuple[Fraction, ...] = scheme.OFFSETS
    return offsets if 1 in offsets or not (read_off(model) or model.events) else (*offsets, Fraction(1))


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
    moving = integrated(model, held)
    flow = Flow(
        time=model.time,
        dt=dt,
        states=moving,
        inputs=tuple(each.symbol for each in inputs),
        equations=restated(model),
        networks=in_amounts(model),
        parameters=tuple(each.symbol for each in free_parameters(model, held)),
    )
    update: Update = scheme.advance(flow)
    new = dict(zip((state.symbol for state in moving), update.new, strict=True))
    rows = (state.symbol for state in model.states)
    if not read_off(model):
        return Routine((), update.body, tuple(new.get(each, row(model, held, each)) for each in rows))
    outputs = tuple(row(model, held, each) if each.name in held else staged(each, END) for each in rows)
    return Routine((), (*begun(model, held), *update.body, *ended(model, flow, new)), outputs)


def initial(model: Model, held: frozenset[str]) -> Routine:
    """Initial values in the order in which they need each other; gates and networks at their steady state."""
    start = [Assignment(state.symbol, state.initial) for state in model.states]
    steady = [each for network in model.networks if network.steady for each in steady_state(network)]
    together = [each for number, joint in enumerate(model.joints) for each in solved(joint, f"joint~{number}")]
    items = [*start, *steady, *together, *equations(model)]
    ordered = dependency_order(items, lambda each: each.target, lambda each: each.value)
    renamed = {state.symbol: row(model, held, state.symbol) for state in model.states}
    body = tuple(
        Assignment(renamed.get(each.target, each.target), substitute(each.value, renamed)) for each in ordered
    )
    return Routine((), body, tuple(renamed.values()))


def solved(joint: Joint, name: str) -> list[Assignment]:
    """The values of states that begin where their reactions are at rest."""
    entries = {(row, column): value for row, column, value in joint.entries}
    elimination = Elimination(name, entries, dict(zip(joint.unknowns, joint.right, strict=True)))
    solution = elimination.solved(joint.unknowns, pivots=joint.unknowns)
    return [*elimination.body, *(Assignment(symbol(steady_name(each.name)), solution[each]) for each in joint.open)]


def observe(model: Model, held: frozenset[str], observables: tuple[Symbol, ...]) -> Routine:
    return Routine((), derived(model, held), observables)


def derived(model: Model, held: frozenset[str]) -> tuple[Assignment, ...]:
    """What can be said of a state: everything follows from its rows."""
    seen = (state.symbol for state in model.states if state.symbol in read_off(model))
    rows = tuple(Assignment(each, row(model, held, each)) for each in seen)
    return (*rows, *equations(model))


def watch(model: Model, held: frozenset[str]) -> Routine:
    """Which events hold, by how much, and what they set."""
    distances = tuple(event.distance for event in model.events)
    true = tuple(choose(S.One, event.condition, S.Zero) for event in model.events)
    values = tuple(value for event in model.events for _, value in event.settings)
    return Routine((), derived(model, held) if model.events else (), (*distances, *true, *values))


def settings(model: Model) -> tuple[tuple[int, int], ...]:
    """For every value that events set the numbers of the event and of the state."""
    rows = {state.symbol: position for position, state in enumerate(model.states)}
    return tuple((number, rows[state]) for number, event in enumerate(model.events) for state, _ in event.settings)
