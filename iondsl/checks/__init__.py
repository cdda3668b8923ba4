"""Rules that need the whole System, one per file: each yields its diagnostics."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks import (
    beside_temperature,
    cancellation,
    circles,
    conditions,
    conserved,
    cut_influx,
    derivatives,
    detailed_balance,
    equilibria,
    extrusion,
    fixed_potentials,
    gate_ranges,
    impossible,
    initial_values,
    literal_inputs,
    nernst_by_hand,
    occupancies,
    parameters,
    rates,
    starts,
    steady_states,
    temperature_twice,
    unread,
    unread_influx,
)
from iondsl.errors import Diagnostic
from iondsl.system import System

RULES = (
    *(conditions.check, derivatives.check, parameters.check),
    *(literal_inputs.check, starts.check, circles.check, initial_values.check),
    equilibria.check,
    impossible.check,
    *(steady_states.check, occupancies.check, rates.check, detailed_balance.check),
)
# What is legal and suspicious: it is looked for where nothing is wrong.
SUSPICIONS = (
    *(unread_influx.check, cut_influx.check, fixed_potentials.check, nernst_by_hand.check),
    *(gate_ranges.check, temperature_twice.check, beside_temperature.check, cancellation.check),
)
# Likewise, of a model with all its variants: of what is declared once, and what a variant only gives another number.
OVERSIGHTS = (unread.check, extrusion.check)


def check(system: System) -> Iterator[Diagnostic]:
    """Everything that is wrong with a System, rule by rule."""
    for rule in RULES:
        yield from rule(system)


def prove(system: System) -> Iterator[Diagnostic]:
    """What is wrong with the laws of a System that has no errors."""
    yield from conserved.check(system)


def suspect(system: System) -> Iterator[Diagnostic]:
    """What is suspicious about a System that has no errors."""
    for rule in SUSPICIONS:
        yield from rule(system)


def overlooked(system: System) -> Iterator[Diagnostic]:
    """What nothing reads, or takes away, in a System that has no errors and stands beside its variants."""
    for rule in OVERSIGHTS:
        yield from rule(system)
