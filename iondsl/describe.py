"""System + Step → Manifest: the generated kernel's interface in words, for all that happens without the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iondsl.checks.impossible import limits
from iondsl.errors import excerpt, location, used_in
from iondsl.manifest import Column, EventTable, Manifest, Place, ProtocolTable, WaveTable
from iondsl.options import Options
from iondsl.source import Span
from iondsl.step import Step
from iondsl.system import Event, Kind, Protocol, Quantity, System
from iondsl.units import UnitError


def unit_texts(system: System) -> dict[str, str]:
    """The unit of every quantity and derivative as text, empty where it is not known."""
    texts = {quantity.name: "" if quantity.unit is None else str(quantity.unit) for quantity in system.quantities}
    return texts | {f"{each.name}'": rate_unit(each, system) for each in system.of_kind(Kind.STATE, Kind.AMOUNT)}


def rate_unit(state: Quantity, system: System) -> str:
    time = system.time.unit
    if state.unit is None or time is None:
        return ""
    try:
        return str(state.unit / time)
    except UnitError:
        return ""


def describe(system: System, step: Step, options: Options) -> Manifest:
    """What a run has to know of a generated kernel."""
    units = unit_texts(system)
    quantities = {quantity.name: quantity for quantity in system.quantities}
    layout = step.layout
    defaults = dict(zip(layout.parameters, step.defaults, strict=True))
    defaults |= dict(zip(layout.inputs, step.input_defaults, strict=True))
    limit = limits(system)
    return Manifest(
        name=system.name,
        doc=system.doc,
        time_unit=str(system.time.unit),
        options=replace(options, varied=tuple(sorted(str(each.name) for each in step.varied))),
        states=tuple(state_column(quantities[name], units) for name in layout.states),
        parameters=tuple(limited(column(name, quantities, units, defaults), limit) for name in layout.parameters),
        inputs=tuple(limited(input_column(name, quantities, units, defaults), limit) for name in layout.inputs),
        observables=tuple(column(name, quantities, units, {}) for name in layout.observables),
        protocols=tuple(protocol_table(protocol) for protocol in system.protocols),
        events=tuple(event_table(number, event, step) for number, event in enumerate(system.events)),
        aliases=dict(system.aliases),
        potentials=tuple(each.name for each in system.states if each.is_potential),
        assumed=step.assumed,
    )


def column(
    name: str, quantities: Mapping[str, Quantity], units: Mapping[str, str], defaults: Mapping[str, float]
) -> Column:
    default = defaults.get(name)
    if default is not None and default != default:
        default = None  # NaN: computed from other parameters
    if name.endswith("'"):
        return Column(name, units[name], f"rate of {name[:-1]}", kind="derivative")
    quantity = quantities[name]
    return Column(name, units[name], description(quantity.doc), default, quantity.kind.value)


def input_column(
    name: str, quantities: Mapping[str, Quantity], units: Mapping[str, str], defaults: Mapping[str, float]
) -> Column:
    """An input, with its place if it stands in a used part: then a line below the `use` may bind it, too."""
    found, span = column(name, quantities, units, defaults), quantities[name].span
    return found if span.via is None else replace(found, place=place(span))


def limited(given: Column, limit: Mapping[str, str]) -> Column:
    return replace(given, limit=limit.get(given.name, ""))


def state_column(state: Quantity, units: Mapping[str, str]) -> Column:
    """A state with the place of its equation: where it was written, or what it was derived for."""
    equation = state.rate or state.follows
    span = state.span if equation is None or equation.origin else equation.span
    return Column(state.name, units[state.name], description(state.doc), kind=state.kind.value, place=place(span))


def description(doc: str) -> str:
    """A doc without the LaTeX symbol that may lead it."""
    if not doc.startswith("$"):
        return doc
    return doc[1:].partition("$")[2].strip()


def place(span: Span) -> Place:
    """Where something stands; with the `use` lines of what stands in a library."""
    return Place(location(span), (*excerpt(span), *used_in(span)))


def event_table(number: int, event: Event, step: Step) -> EventTable:
    rows = tuple(row for owner, row in step.settings if owner == number)
    return EventTable(event.name, description(event.doc), rows, place(event.span))


def protocol_table(protocol: Protocol) -> ProtocolTable:
    drives = tuple(WaveTable(drive.target, drive.waves, drive.clamp) for drive in protocol.drives)
    return ProtocolTable(protocol.name, protocol.doc, drives)
