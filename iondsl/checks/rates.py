"""E324: a rate of a Markov scheme that is negative when the run begins."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.numbers import values
from iondsl.errors import Diagnostic
from iondsl.system import Network, System

# What rounding may leave of 0.
TOLERANCE = 1e-9


def check(system: System) -> Iterator[Diagnostic]:
    for network in system.networks:
        if network.keyword == "markov":
            yield from of_scheme(network, system)


def of_scheme(network: Network, system: System) -> Iterator[Diagnostic]:
    """As far as the rates can be worked out. Nothing is said of one that `balance` makes of others."""
    written = [
        rate
        for line in network.transitions
        for rate in (line.forward, None if line.balanced else line.backward)
        if rate is not None
    ]
    known = values(system, written, {})
    quantities = {quantity.name: quantity for quantity in system.quantities}
    for name in written:
        quantity = quantities.get(name)
        if quantity is not None and known.get(name, 0) < -TOLERANCE:
            message = f"the rate `{name}` is {known[name]:.10g} at the start"
            cure = "a rate is never negative: look at its signs, and at the values that it reads"
            yield Diagnostic("E324", message, quantity.span, cure)
