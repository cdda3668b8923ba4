"""E323: a Markov scheme that would begin in its steady state, and has more than one."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.initial_values import is_steady
from iondsl.errors import Diagnostic
from iondsl.system import Network, System

MANY = 6


def check(system: System) -> Iterator[Diagnostic]:
    for network in (each for each in system.networks if each.keyword == "markov"):
        first = next((state for state in system.states if is_steady(state, network)), None)
        ends = closed(network)
        if first is None or len(ends) < 2:
            continue
        groups = " nor out of ".join(shown(group) for group in ends[:2])
        message = f"the steady state of `{network.name}` is not unique: no way leads out of {groups}"
        cure = "connect them, or say where it begins: `states C = 1, ...`; what is not given is 0"
        yield Diagnostic("E323", message, network.span, cure)


def shown(states: tuple[str, ...]) -> str:
    names = [f"`{state.rpartition('.')[2]}`" for state in states]
    return ", ".join(names if len(names) <= MANY else [*names[:MANY], "..."])


def closed(network: Network) -> list[tuple[str, ...]]:
    """The groups of states that nothing leads out of, and in which each leads to each."""
    ways: dict[str, set[str]] = {state: set() for state in network.species}
    for each in network.transitions:
        ways[each.left[0].quantity].add(each.right[0].quantity)
        if each.backward is not None:
            ways[each.right[0].quantity].add(each.left[0].quantity)
    reached = {state: reachable(state, ways) for state in network.species}
    groups: dict[frozenset[str], tuple[str, ...]] = {}
    for state, found in reached.items():
        if all(state in reached[other] for other in found):
            groups[frozenset(found)] = tuple(each for each in network.species if each in found)
    return list(groups.values())


def reachable(start: str, ways: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = ways[waiting.pop()] - found
        found |= new
        waiting += new
    return found
