"""Markov schemes as papers print them: rates that are short stand at the arrows and in the balances themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iondsl.elaborate.draft import binary, name, negative, number, total
from iondsl.syntax import Binary, Expression, Name, Number
from iondsl.system import Formula, Network, Quantity, System, Transition
from iondsl.traversal import rewrite, walk

ORIGIN = "Markov scheme"
# Names and numbers in a rate that needs no symbol of its own.
SHORT = 3


def schemes(system: System) -> tuple[Network, ...]:
    return tuple(network for network in system.networks if network.keyword == "markov")


def rates(network: Network) -> tuple[str, ...]:
    both = [(each.forward, each.backward) for each in network.transitions]
    return tuple(rate for pair in both for rate in pair if rate is not None)


def is_short(quantity: Quantity) -> bool:
    """Whether a rate is `a`, `2 * a` or a number, as it stands: nothing is converted."""
    value = quantity.value
    if value is None or value.origin or value.conversions:
        return False
    nodes = list(walk(value.written))
    return len(nodes) <= SHORT and all(isinstance(node, Name | Number) for node in nodes if node is not value.written)


def short_rates(system: System) -> dict[str, Expression]:
    """What stands for each of the rates that are short."""
    names = {rate for network in schemes(system) for rate in rates(network)}
    found = (each for each in system.quantities if each.name in names and is_short(each))
    return {each.name: each.value.written for each in found if each.value is not None}


def in_short(system: System) -> System:
    """The system with the balances of schemes as `inflow - (rates out) * state`, and short rates put in."""
    short = short_rates(system)
    balances = {state: balance for network in schemes(system) for state, balance in balances_of(network).items()}

    def written(quantity: Quantity) -> Quantity:
        rate, value = quantity.rate, quantity.value
        if rate is not None and rate.origin == ORIGIN and quantity.name in balances:
            return replace(quantity, rate=put(rate, balances[quantity.name], short))
        if value is not None and value.origin.startswith("balance of the loop "):
            return replace(quantity, value=put(value, value.written, short))
        return quantity

    return replace(system, quantities=tuple(map(written, system.quantities))) if balances else system


def put(formula: Formula, written: Expression, short: Mapping[str, Expression]) -> Formula:
    def change(node: Expression) -> Expression:
        match node:
            case Name():
                return short.get(node.text, node)
            case Binary(operator="*", left=Number(text="1", unit=None)):
                return node.right
        return node

    return replace(formula, written=rewrite(written, change))


def balances_of(network: Network) -> dict[str, Expression]:
    """The right side of every x', by the state."""
    return {state: balance(state, network) for state in network.species}


def ways_of(line: Transition) -> list[tuple[str, str, str]]:
    """From where, to where, and the rate; one or two of them."""
    start, end = line.left[0].quantity, line.right[0].quantity
    return [(start, end, line.forward), *([] if line.backward is None else [(end, start, line.backward)])]


def balance(state: str, network: Network) -> Expression:
    span, ways = network.span, [way for each in network.transitions for way in ways_of(each)]
    inward = [binary("*", name(rate, span), name(start, span)) for start, end, rate in ways if end == state]
    outward = [name(rate, span) for start, _, rate in ways if start == state]
    leaving = binary("*", total([*outward]), name(state, span)) if outward else None
    if not inward:
        return number("0", span) if leaving is None else negative(leaving)
    arriving = total([*inward])
    return arriving if leaving is None else binary("-", arriving, leaving)
