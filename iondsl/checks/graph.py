"""Who uses whom: the graph of definitions that circles are looked for in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from iondsl.conservation.facts import defining
from iondsl.elaborate.names import names_in
from iondsl.syntax import Expression
from iondsl.system import Kind, Quantity, System

LONG = 10

Graph = Mapping[str, tuple[str, ...]]


def uses(expression: Expression) -> tuple[str, ...]:
    return tuple(sorted(names_in(expression)))


def rates(system: System) -> dict[str, tuple[str, ...]]:
    """What each derivative uses; that of a concentration in a moving volume follows from its amount and its size."""
    moving = system.of_kind(Kind.STATE, Kind.AMOUNT)
    found = {f"{each.name}'": uses(each.rate.expanded) for each in moving if each.rate is not None}
    stores = {each.name: each.store for each in system.states if each.store is not None}
    return found | {f"{name}'": (name, f"{store.amount}'", f"{store.size}'") for name, store in stores.items()}


def readers(graph: Graph, sources: Iterable[str]) -> frozenset[str]:
    """The sources, and all that reads one of them, also through others."""
    reading: dict[str, list[str]] = {}
    for name, used in graph.items():
        for each in used:
            reading.setdefault(each, []).append(name)
    found = set(sources)
    waiting = list(found)
    while waiting:
        new = set(reading.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return frozenset(found)


def circles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Each circle once, as the names along it; the first is not repeated at the end."""
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        stack = [(start, iter(graph[start]))] if start not in done else []
        if stack:
            path.append(start)
        while stack:
            _, following = stack[-1]
            target = next((name for name in following if name in graph and name not in done), None)
            if target is None:
                stack.pop()
                done.add(path.pop())
            elif target in path:
                yield tuple(path[path.index(target) :])
            else:
                path.append(target)
                stack.append((target, iter(graph[target])))


def components(graph: Graph) -> Iterator[frozenset[str]]:
    """What needs each other, as groups; what needs nothing that needs it is a group of its own.

    Tarjan 1972, SIAM J. Comput. 1:146-160, doi:10.1137/0201010, without recursion.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_names: list[str] = []
    closed: set[str] = set()
    for start in graph:
        stack = [] if start in index else [(start, iter(graph[start]))]
        while stack:
            name, following = stack[-1]
            if name not in index:
                index[name] = low[name] = len(index)
                open_names.append(name)
            target = next((each for each in following if each in graph and each not in closed), None)
            if target is None:
                stack.pop()
                if stack:
                    low[stack[-1][0]] = min(low[stack[-1][0]], low[name])
                if low[name] == index[name]:
                    at = open_names.index(name)
                    closed |= set(open_names[at:])
                    yield frozenset(open_names[at:])
                    del open_names[at:]
            elif target in index:
                low[name] = min(low[name], index[target])
            else:
                stack.append((target, iter(graph[target])))


def shown(circle: tuple[str, ...]) -> str:
    """`a` -> `b` -> `a`; a long one without its middle."""
    names = [f"`{name}`" for name in (*circle, circle[0])]
    if len(names) > LONG:
        names = [*names[: LONG // 2], f"... ({len(names) - LONG} more)", *names[-LONG // 2 :]]
    return " -> ".join(names)


def reached(names: Iterable[str], quantities: Mapping[str, Quantity]) -> set[str]:
    """The names, and all that they follow from by definitions; a state or a parameter follows from nothing."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        side = None if name in found else defining(name, quantities)
        found.add(name)
        waiting += [] if side is None else names_in(side)
    return found
