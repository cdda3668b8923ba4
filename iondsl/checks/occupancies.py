"""E324, W310: initial values of a Markov scheme that are no probabilities, or do not sum to 1."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.numbers import values
from iondsl.errors import Diagnostic
from iondsl.system import Kind, Network, Quantity, System

# How far a sum may be off before it is called so.
TOLERANCE = 1e-9


def check(system: System) -> Iterator[Diagnostic]:
    for network in system.networks:
        if network.keyword == "markov":
            yield from of_scheme(network, system)


def of_scheme(network: Network, system: System) -> Iterator[Diagnostic]:
    states = [state for state in system.of_kind(Kind.STATE) if state.name in network.species]
    given = [state for state in states if state.value is not None and not state.value.origin]
    if not given:
        return
    known = values(system, [state.name for state in given], {})
    for state in given:
        if state.name in known and not 0 <= known[state.name] <= 1:
            yield impossible(state, known[state.name])
            return
    if all(state.name in known for state in given):
        yield from of_sum(network, given, sum(known[state.name] for state in given))


def impossible(state: Quantity, value: float) -> Diagnostic:
    assert state.value is not None
    message = f"`{state.name}` begins at {value:.10g}, which is no probability"
    return Diagnostic("E324", message, state.value.span, "write a number from 0 to 1")


def of_sum(network: Network, given: list[Quantity], total: float) -> Iterator[Diagnostic]:
    assert given[0].value is not None
    if network.eliminated is not None and total > 1 + TOLERANCE:
        message = f"these occupancies sum to {total:.10g}, so that `{network.eliminated}` begins below 0"
        yield Diagnostic("W310", message, given[0].value.span, "let them sum to 1 or less")
    elif network.eliminated is None and abs(total - 1) > TOLERANCE:
        message = f"the occupancies of `{network.name}` sum to {total:.10g}, not to 1"
        cure = "let them sum to 1, or leave all of them out for the steady state"
        yield Diagnostic("W310", message, given[0].value.span, cure)
