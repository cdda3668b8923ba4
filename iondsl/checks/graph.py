"""Who uses whom: the graph of definitions that circles are looked for in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iondsl.elaborate.names import names_in
from iondsl.syntax import Expression
from iondsl.system import Kind, System

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


def shown(circle: tuple[str, ...]) -> str:
    """`a` -> `b` -> `a`; a long one without its middle."""
    names = [f"`{name}`" for name in (*circle, circle[0])]
    if len(names) > LONG:
        names = [*names[: LONG // 2], f"... ({len(names) - LONG} more)", *names[-LONG // 2 :]]
    return " -> ".join(names)
