"""W305: a pool that is only ever filled: what flows in stays there.

Asked of numbers: does any flow that is booked on a pool take something out of it, or what else stands in its written
equation? That is looked at around rest, with every gate half open, and with as much in the pool as there is of the ion
elsewhere. So a calcium current, which turns round at potentials that no cell knows, is no way out, and a passive
chloride current is one. What is closed at rest may open: a flux that leads out of the pool by its header counts as a
way out whatever it is there, and so does a flow that is 0 there and not constant. Nothing is said of a pool that holds
most of its ion anyway, nor of what flows at a constant rate, which is prescribed, nor where events set it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import product
from math import sqrt

from iondsl.checks.graph import reached
from iondsl.checks.numbers import Known, at, tables, values
from iondsl.conservation.facts import INPUTS
from iondsl.elaborate.names import names_in
from iondsl.errors import Diagnostic
from iondsl.evaluation import evaluated
from iondsl.immutable import frozen
from iondsl.system import Kind, Pool, Quantity, System
from iondsl.units import ONE, factor, same_dimension

POTENTIALS = (-83.71, -57.93, -23.57)  # mV
HALF = 0.5
# How far a pool may rise of an ion that there is more of nowhere else.
MUCH = 1000


def check(system: System) -> Iterator[Diagnostic]:
    quantities = {quantity.name: quantity for quantity in system.quantities}
    pools = [(quantities[pool.quantity], pool) for pool in system.pools if pool.quantity in quantities]
    free = {each.name for each in system.states} - {line.target for event in system.events for line in event.settings}
    moving = [(state, pool) for state, pool in pools if state.name in free and is_moved(state, pool, quantities)]
    if moving:
        fluxes = {share.flow for flux in system.fluxes for share in flux.carries}
        closed = [(state, pool) for state, pool in moving if not leads_out(pool, fluxes)]
        look = Look(system, quantities, values(system, quantities, {}))
        yield from (only_filled(state) for state, pool in closed if look.is_only_filled(state, pool))


def leads_out(pool: Pool, fluxes: Set[str]) -> bool:
    """Whether a flux has the pool as its source by its header, `from sr to i`."""
    return any(each.flow in fluxes and each.particles < 0 for each in pool.booked)


def is_moved(state: Quantity, pool: Pool, quantities: Mapping[str, Quantity]) -> bool:
    """Whether what is booked on a pool follows from states, and changes it; W303 is about what does not."""
    flows = {each.flow for each in pool.booked}
    if not any(quantities[each].kind is Kind.STATE for each in reached(flows, quantities) if each in quantities):
        return False
    written = None if state.rate is None or state.is_booked else names_in(state.rate.expanded)
    return written is None or not {f"{state.name}.influx", *flows}.isdisjoint(reached(written, quantities))


@frozen
class Look:
    """At one model, with the numbers with which it starts."""

    system: System
    quantities: Mapping[str, Quantity]
    start: Known

    def is_only_filled(self, state: Quantity, pool: Pool) -> bool:
        """Whether something enters the pool, and nothing leaves it wherever that is looked at."""
        least, most = self.start.get(state.name, 0), self.most(state, pool)
        if not 0 <= least < most:
            return False
        conditions = list(self.conditions(state, (least, sqrt(least * most), most)))
        return self.only_enters(pool, conditions) and not self.is_taken(state, pool, conditions)

    def conditions(self, pool: Quantity, levels: tuple[float, ...]) -> Iterator[Known]:
        """What is given to states and inputs: potentials, and concentrations in the pool."""
        states = {each.name: self.start[each.name] for each in self.system.states if each.name in self.start}
        gates = {gate.name: HALF for gate in self.system.gates if gate.name in states}
        for potential, level in product(POTENTIALS, levels):
            yield states | gates | at(potential, self.system) | {pool.name: level}

    def most(self, state: Quantity, pool: Pool) -> float:
        """The largest concentration of the ion elsewhere, in the unit of the pool."""
        (ion,) = [each for each in self.system.ions if each.name == pool.ion]
        others = [self.quantities[each.quantity] for each in ion.concentrations if each.quantity != state.name]
        known = [(self.start[each.name], each.unit or ONE) for each in others if each.name in self.start]
        own = state.unit or ONE
        found = [value * float(factor(unit, own)) for value, unit in known if same_dimension(unit, own)]
        return max(found, default=MUCH * self.start.get(state.name, 0))

    def only_enters(self, pool: Pool, conditions: list[Known]) -> bool:
        flows = [(each.flow, float(each.particles)) for each in pool.booked]
        entering: set[str] = set()
        for known in tables(self.system, [flow for flow, _ in flows], conditions):
            moved = {flow: known[flow] * particles if flow in known else -1 for flow, particles in flows}
            if min(moved.values()) < 0:  # nothing is said of a flow that is not known
                return False
            entering |= {flow for flow, value in moved.items() if value > 0}
        return bool(entering) and not any(self.may_open(flow) for flow, _ in flows if flow not in entering)

    def may_open(self, flow: str) -> bool:
        """Whether a flow that is 0 wherever it is looked at follows from what moves or is driven."""
        names = reached([flow], self.quantities)
        kinds = {self.quantities[each].kind for each in names if each in self.quantities}
        return self.system.time.name in names or not kinds.isdisjoint({Kind.STATE, *INPUTS})

    def is_taken(self, state: Quantity, pool: Pool, conditions: list[Known]) -> bool:
        """Whether a written equation takes something away by itself, were there no flows."""
        if state.rate is None or state.is_booked:
            return False
        read, none = sorted(names_in(state.rate.expanded)), {each.flow: 0.0 for each in pool.booked}
        for known in tables(self.system, read, [{**each, **none} for each in conditions]):
            try:
                if evaluated(state.rate.expanded, known.__getitem__) < 0:
                    return True
            except (LookupError, ArithmeticError, ValueError):
                return True
        return False


def only_filled(state: Quantity) -> Diagnostic:
    member = state.name.rpartition(".")[2]
    message = f"nothing takes away what flows into `{state.name}`"
    decay = f"`{member}' = influx({state.name}) - ({member} - rest) / tau`"
    cure = f"book what does, such as a pump, or let it decay: {decay}"
    return Diagnostic("W305", message, state.span, cure)
