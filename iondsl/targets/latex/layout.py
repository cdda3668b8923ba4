"""Where the states of a scheme stand in its diagram: on a grid, each beside those that it is connected to.

States are placed one after the other, from the first that is declared along the lines, each where its connections to
those that stand already are shortest; to the right where that makes no difference, then up, down and to the left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import gcd

Place = tuple[int, int]
Line = tuple[str, str]

AROUND = ((1, 0), (0, 1), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
# What a connection costs beyond its length: it passes another state.
PASSING = 5.0
# What a direction costs, so that those of AROUND are taken in their order.
TURN = 0.01


def places(states: Iterable[str], lines: Iterable[Line]) -> dict[str, Place]:
    """The column and row of every state, the rows counted upward; none is negative."""
    lines = tuple(lines)
    found: dict[str, Place] = {}
    for first in states:
        if first not in found:
            found[first] = beside_all(found)
            spread(first, lines, found)
    left, bottom = (min(place[axis] for place in found.values()) for axis in (0, 1))
    return {state: (x - left, y - bottom) for state, (x, y) in found.items()}


def beside_all(found: dict[str, Place]) -> Place:
    """Where a piece that is not connected to the rest begins: on the left, below everything."""
    if not found:
        return 0, 0
    return min(x for x, _ in found.values()), min(y for _, y in found.values()) - 1


def spread(first: str, lines: tuple[Line, ...], found: dict[str, Place]) -> None:
    """Place all that is connected to a state, the nearest first."""
    waiting = [first]
    for state in waiting:
        for neighbour in neighbours(state, lines):
            if neighbour not in found:
                found[neighbour] = best(neighbour, state, lines, found)
                waiting.append(neighbour)


def neighbours(state: str, lines: tuple[Line, ...]) -> Iterator[str]:
    for one, other in lines:
        if state in (one, other):
            yield other if one == state else one


def best(state: str, beside: str, lines: tuple[Line, ...], found: dict[str, Place]) -> Place:
    known = [each for each in dict.fromkeys(neighbours(state, lines)) if each in found]
    near = [found[beside], *(found[each] for each in known)]
    free = [place for x, y in near for place in ((x + dx, y + dy) for dx, dy in AROUND) if place not in found.values()]
    while not free:  # all around is taken
        near = [(x + dx, y + dy) for x, y in near for dx, dy in AROUND]
        free = [place for place in near if place not in found.values()]
    costs = {
        place: cost(place, [found[each] for each in known], found) + TURN * rank for rank, place in enumerate(free)
    }
    return min(dict.fromkeys(free), key=lambda place: costs[place])


def cost(place: Place, others: list[Place], found: dict[str, Place]) -> float:
    lengths = (abs(place[0] - x) + abs(place[1] - y) for x, y in others)
    passed = sum(passes(place, other, found) for other in others)
    return sum(lengths) + PASSING * passed


def passes(start: Place, end: Place, found: dict[str, Place]) -> bool:
    """Whether a straight line between two places leads over a third."""
    steps = gcd(end[0] - start[0], end[1] - start[1])
    dx, dy = (end[0] - start[0]) // max(steps, 1), (end[1] - start[1]) // max(steps, 1)
    return any((start[0] + dx * step, start[1] + dy * step) in found.values() for step in range(1, steps))
