"""What a proof reads of a System: what names mean, how they change, and in which order definitions are put in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from graphlib import TopologicalSorter

from iondsl.conservation.derivative import DerivativeError, derivative
from iondsl.conservation.normal import Meanings, normal
from iondsl.conservation.sums import Sum, name, number
from iondsl.elaborate.draft import binary
from iondsl.elaborate.draft import name as name_at
from iondsl.elaborate.names import names_in
from iondsl.immutable import frozen
from iondsl.syntax import Expression, Prime
from iondsl.system import Kind, Quantity, Store, System

INPUTS = (Kind.INPUT, Kind.STIMULUS)


@frozen
class Facts:
    """Of one System without errors.

    `ranks` puts every name, and every `x'`, behind all that its definition uses. `moving` are those that follow from
    what is integrated, or from the time; `distant` are those of them that need more for it than concentrations.
    `driven` is what protocols drive; `rates` are derivatives, once asked for. `sizes` are those of spaces, `shared` the
    currents that are sums of shares, `flows` all that is booked, `concentrations` those of ions.
    """

    system: System
    quantities: Mapping[str, Quantity]
    meanings: Meanings
    ranks: Mapping[str, int]
    moving: frozenset[str]
    distant: frozenset[str]
    driven: frozenset[str]
    sizes: frozenset[str]
    shared: frozenset[str]
    flows: frozenset[str]
    concentrations: frozenset[str]
    rates: dict[str, Sum] = field(default_factory=dict)

    def normal(self, expression: Expression) -> Sum:
        return normal(expression, self.meanings)

    def definition(self, text: str) -> Sum | None:
        """What may be put in for a name or an `x'`; None for states, parameters, inputs and constants."""
        found = defining(text, self.quantities)
        return None if found is None else self.normal(found)

    def rate(self, text: str) -> Sum:
        """d/dt of a name: `x'` of a state, by its definition that of a derived quantity.

        Without recursion, as chains of definitions may be long. Raises DerivativeError with the name of an input, or
        with what else has no derivative.
        """
        waiting = [text]
        while waiting:
            top = waiting[-1]
            definition = None if top in self.rates else self.definition(top)
            needed = [] if definition is None else sorted(definition.names() - self.rates.keys())
            if needed:
                waiting += needed
                continue
            waiting.pop()
            if top not in self.rates:
                known = self.rates.__getitem__
                self.rates[top] = self.own(top) if definition is None else derivative(definition, known)
        return self.rates[text]

    def own(self, text: str) -> Sum:
        """d/dt of what has no definition."""
        if text == self.system.time.name:
            return number(1)
        quantity = self.quantities.get(text)
        is_input = text in self.driven or (quantity is not None and quantity.kind in INPUTS)
        if is_input or text.endswith("'"):
            raise DerivativeError(text)
        return name(f"{text}'") if is_integrated(text, self.quantities) else number(0)

    def depends_on_states(self, base: Sum) -> bool:
        return not self.moving.isdisjoint(base.names())


def facts(system: System) -> Facts:
    quantities = {quantity.name: quantity for quantity in system.quantities}
    stored = [each.name for each in system.quantities if each.store is not None]
    contents = ((each, defining(each, quantities)) for each in stored)
    meanings = {each: normal(content, {}) for each, content in contents if content is not None}
    drives = [drive for protocol in system.protocols for drive in protocol.drives]
    driven = frozenset(drive.target for drive in drives if not drive.clamp)
    graph = uses(quantities)
    order = tuple(TopologicalSorter(graph).static_order())
    ranks = {text: rank for rank, text in enumerate(order)}
    concentrations = frozenset(each.quantity for ion in system.ions for each in ion.concentrations)
    time = system.time.name
    return Facts(
        system,
        quantities,
        meanings,
        ranks,
        moving=moving(order, graph, time, quantities),
        distant=moving(order, graph, time, quantities, concentrations),
        driven=driven,
        sizes=frozenset(space.size for space in system.spaces if space.size is not None),
        shared=frozenset(each.name for each in system.currents if any(one.flow != each.name for one in each.carries)),
        flows=frozenset(booked.flow for pool in system.pools for booked in pool.booked),
        concentrations=concentrations,
    )


def is_integrated(text: str, quantities: Mapping[str, Quantity]) -> bool:
    quantity = quantities.get(text)
    return quantity is not None and quantity.kind in (Kind.STATE, Kind.AMOUNT) and quantity.rate is not None


def defining(text: str, quantities: Mapping[str, Quantity]) -> Expression | None:
    """The right side of a name or of an `x'`; in a moving volume those that follow from the amount and the size."""
    is_rate = text.endswith("'")
    quantity = quantities.get(text.removesuffix("'"))
    if quantity is None:
        return None
    if quantity.store is not None:
        return diluted(quantity, quantity.store) if is_rate else content(quantity, quantity.store)
    if is_rate:
        return quantity.rate.expanded if quantity.rate is not None and quantity.kind is not Kind.EQUATION else None
    side = quantity.follows or (quantity.value if quantity.kind is Kind.EQUATION else None)
    return None if side is None else side.expanded


def content(quantity: Quantity, store: Store) -> Expression:
    """amount / size."""
    return binary("/", name_at(store.amount, quantity.span), name_at(store.size, quantity.span))


def diluted(quantity: Quantity, store: Store) -> Expression:
    """(amount' - concentration size') / size."""
    span = quantity.span
    amount, size = name_at(store.amount, span), name_at(store.size, span)
    dilution = binary("*", name_at(quantity.name, span), Prime(size, span))
    return binary("/", binary("-", Prime(amount, span), dilution), size)


def uses(quantities: Mapping[str, Quantity]) -> dict[str, list[str]]:
    """The names in the definition of every name and of every `x'`."""
    found = ((text, defining(text, quantities)) for each in quantities for text in (each, f"{each}'"))
    return {text: [] if side is None else sorted(names_in(side)) for text, side in found}


def moving(
    order: Iterable[str],
    graph: Mapping[str, list[str]],
    time: str,
    quantities: Mapping[str, Quantity],
    held: Collection[str] = (),
) -> frozenset[str]:
    """The names that follow from what is integrated, or from the time, while those `held` stay where they are."""
    found = {time}
    for text in order:
        follows = is_integrated(text, quantities) or not found.isdisjoint(graph.get(text, ()))
        if follows and text not in held:
            found.add(text)
    return frozenset(found)
