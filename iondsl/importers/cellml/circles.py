"""Algebraic loops: equations that can only be solved together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from iondsl.importers.foreign import Path
from iondsl.syntax import Expression, Name, Prime
from iondsl.traversal import walk

MOST = 20

# What is computed: a variable, or its derivative where `True`.
Computed = tuple[Path, bool]


def circles(values: Mapping[Path, Expression], rates: Mapping[Path, Expression]) -> Iterable[list[Computed]]:
    """Each circle once, from where it stands first to there again; the first MOST of them."""
    computed: dict[Computed, Expression] = {(path, False): each for path, each in values.items()}
    computed |= {(path, True): each for path, each in rates.items()}
    order = {each: number for number, each in enumerate(computed)}
    needs = {each: [other for other in read(right) if other in computed] for each, right in computed.items()}
    for _ in range(MOST):
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle = error.args[1][:-1][::-1]
            first = min(range(len(circle)), key=lambda number: order[circle[number]])
            yield [*circle[first:], *circle[:first], circle[first]]
            needs[circle[first]] = []
        else:
            return


def read(right: Expression) -> Iterable[Computed]:
    """What an expression needs."""
    derivatives = [id(each.name) for each in walk(right) if isinstance(each, Prime)]
    for each in walk(right):
        if isinstance(each, Prime):
            yield each.name.path, True
        elif isinstance(each, Name) and id(each) not in derivatives:
            yield each.path, False
