"""System → text for readers: what was written with the line where, what was derived with its origin."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from iondsl.conservation import proofs
from iondsl.errors import visible
from iondsl.show.equations import blocks, drives, events, functions
from iondsl.show.networks import network_rows
from iondsl.show.tables import (
    compartment_row,
    current_row,
    flux_row,
    ion_row,
    law_row,
    rows,
    section,
    space_row,
)
from iondsl.show.words import INDENT, WIDTH, bracketed, headed
from iondsl.system import System

__all__ = ["show"]


def show(system: System) -> Iterator[str]:
    """The lines of the whole model, at most 100 characters wide where they can be broken."""
    yield from map(visible, lines(system))


def lines(system: System) -> Iterator[str]:
    yield from title(system)
    yield from section("states", rows(system.states))
    yield from section("parameters", rows(system.parameters))
    yield from section("inputs", rows(system.inputs))
    yield from section("compartments", map(compartment_row, system.compartments))
    yield from section("spaces", map(space_row, system.spaces))
    yield from section("ions", map(ion_row, system.ions))
    yield from section("currents, outward positive", map(current_row, system.currents))
    yield from section("fluxes", map(flux_row, system.fluxes))
    for heading, keyword in (("transitions", "markov"), ("reactions", "reaction")):
        yield from section(heading, network_rows(system, keyword))
    yield from section("conserved", map(law_row, proofs(system)))
    for title_lines, equations in blocks(system):
        yield from ("", *title_lines, *equations)
    yield from functions(system)
    yield from events(system)
    for protocol in system.protocols:
        yield from drives(protocol)


def title(system: System) -> Iterator[str]:
    yield f"model {system.name}"
    for line in (*textwrap.wrap(system.doc, WIDTH - len(INDENT)), *system.cites):
        yield f"{INDENT}{line}"
    yield f"{INDENT}time {system.time.name} {bracketed(system.time.unit)}"
    if system.variants:
        yield from variants(system)


def variants(system: System) -> Iterator[str]:
    """The variant that is shown, and those that could be."""
    for variant in system.variants:
        if variant.name == system.variant:
            yield from headed(f"variant {variant.name}", variant.doc, INDENT)
    others = [variant.name for variant in system.variants if variant.name != system.variant]
    if others:
        yield f"{INDENT}{'other ' if system.variant else ''}variants: {', '.join(others)}"
