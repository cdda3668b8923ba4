"""A tree in lines, each with a place in a column of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iondsl.show.words import WIDTH
from iondsl.wrapping import wrap

# How far to the right the places stand that are in one column; and what wider lines leave them.
COLUMN = 64
ROOM = 20


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the tree, with the place that it is about and what hangs on it."""

    text: str
    place: str
    below: tuple[Node, ...] = ()


def lines(root: Node) -> Iterator[str]:
    width = column(root.below)
    yield placed(root.text, root.place, width)
    yield from branches(root.below, "", width)


def branches(below: Sequence[Node], indent: str, width: int) -> Iterator[str]:
    for each in below:
        is_last = each is below[-1]
        mark, further = ("└── ", "    ") if is_last else ("├── ", "│   ")
        inner = f"{indent}{further}"
        bar = "│   " if each.below else "    "
        first, *rest = wrap(each.text, max(WIDTH - len(indent) - ROOM, ROOM), "", "")
        *above, last = (f"{indent}{mark}{first}", *(f"{inner}{bar}{line}" for line in rest))
        yield from above
        yield placed(last, each.place, width)
        yield from branches(each.below, inner, width)


def placed(text: str, place: str, width: int) -> str:
    return f"{text.ljust(width)}  {place}"


def column(below: Sequence[Node], depth: int = 1) -> int:
    """Where places begin: behind the longest text that leaves them room."""
    own = (4 * depth + len(each.text) for each in below)
    inner = (column(each.below, depth + 1) for each in below)
    return max((length for length in (*own, *inner) if length <= COLUMN), default=0)
