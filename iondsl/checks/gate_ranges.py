"""W320, W321: a gate that leaves the range from 0 to 1, at some potential or where a run begins.

A gate is a share of what is open. It stays one if `inf` is one and `tau` is positive, or `alpha` and `beta` are. That
is asked of numbers, at potentials over the whole range in which models move, with all else as it is at the start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from iondsl.checks.numbers import Known, at, tables, values
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.system import Gate, Kind, Quantity, System

LOWEST, HIGHEST, PARTS = -150, 100, 26  # mV; no round numbers lie between the ends, at which rates have their 0/0
POTENTIALS = tuple(LOWEST + (HIGHEST - LOWEST) * part / PARTS for part in range(PARTS + 1))
# A published fit may overshoot by so much, which no course of a run shows.
TOLERANCE = 0.01

RANGES = {
    "inf": "a gate goes from 0 to 1",
    "tau": "a time constant is never negative",
    "alpha": "a rate is never negative",
    "beta": "a rate is never negative",
}
MEMBERS = tuple(RANGES)
LOOK = "look at the signs, and at what the terms come to far from rest"
CURE_OF_A_START = "write a number from 0 to 1, or none, for the steady state"


@frozen
class Sample:
    """What is known at one potential, None for that of the start."""

    potential: float | None
    known: Known


def check(system: System) -> Iterator[Diagnostic]:
    quantities = {quantity.name: quantity for quantity in system.quantities}
    samples = sampled(system, quantities) if system.gates else []
    for gate in system.gates:
        yield from of_gate(gate, quantities, samples)
        yield from of_start(quantities[gate.name], samples[0].known)


def sampled(system: System, quantities: Mapping[str, Quantity]) -> list[Sample]:
    members = [f"{gate.name}.{member}" for gate in system.gates for member in MEMBERS]
    wanted = [name for name in members if name in quantities]
    states = [state.name for state in system.states]
    begin = values(system, [*wanted, *states], {})
    start = {name: begin[name] for name in states if name in begin}
    volts = [at(potential, system) for potential in POTENTIALS]
    found = tables(system, wanted, [start | each for each in volts if each])
    return [Sample(None, begin), *map(Sample, POTENTIALS, found)]


def of_gate(gate: Gate, quantities: Mapping[str, Quantity], samples: Sequence[Sample]) -> Iterator[Diagnostic]:
    """One finding at most, of what is furthest outside."""
    inf = quantities[f"{gate.name}.inf"].value
    by_rates = inf is not None and bool(inf.origin)
    found = ((*outside(gate.name, by_rates, sample.known), sample) for sample in samples)
    excess, name, sample = max(found, key=itemgetter(0))
    if excess > TOLERANCE:
        place = "at the start" if sample.potential is None else f"at {sample.potential:.4g} mV"
        message, cure = f"`{name}` is {sample.known[name]:.4g} {place}", f"{RANGES[name.rpartition('.')[2]]}: {LOOK}"
        yield Diagnostic("W320", message, quantities[name].span, cure)


def outside(gate: str, by_rates: bool, known: Known) -> tuple[float, str]:
    """By how much a member of a gate is outside of its range, as a share, and which."""
    inf, tau, alpha, beta = (known.get(f"{gate}.{member}") for member in MEMBERS)
    found: list[tuple[float, str]] = [(0, gate)]
    if by_rates and alpha is not None and beta is not None:
        total = abs(alpha) + abs(beta) or 1
        found += [(-alpha / total, f"{gate}.alpha"), (-beta / total, f"{gate}.beta")]
    if not by_rates and inf is not None:
        found.append((max(-inf, inf - 1), f"{gate}.inf"))
    if not by_rates and tau is not None and tau < 0:
        found.append((1, f"{gate}.tau"))
    return max(found)


def of_start(gate: Quantity, known: Known) -> Iterator[Diagnostic]:
    """Where a value is written for it; the steady state is `inf`."""
    if gate.kind is Kind.STATE and gate.value is not None and not gate.value.origin:
        start = known.get(gate.name, 0)
        if not 0 <= start <= 1:
            yield Diagnostic("W321", f"the gate `{gate.name}` begins at {start:.10g}", gate.value.span, CURE_OF_A_START)
