"""A long line of the language → several: broken before operators and behind commas, outside parentheses if possible."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Units and strings are never broken.
WORDS = re.compile(r'(?:\[[^\]]*\]|"[^"]*"|[^\s"\[])+')
# Operators by how loosely they bind: the loosest is the best place for a break.
LOOSENESS = {
    **dict.fromkeys(("if", "else"), 0),
    **dict.fromkeys(("and", "or"), 1),
    **dict.fromkeys(("<", ">", "<=", ">=", "==", "!="), 2),
    **dict.fromkeys(("+", "-"), 3),
    **dict.fromkeys(("*", "/"), 4),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that stays whole. `rank` is that of a break before it: open parentheses, then the operator."""

    text: str
    rank: tuple[int, int] = (0, 0)


def wrap(line: str, width: int, indent: str, further: str) -> list[str]:
    """The lines, the first behind `indent`, the others behind `indent` and `further`.

    A stretch without a place to break may still be wider than `width`.
    """
    left, lines = pieces(line), []
    while left:
        room = width - len(indent)
        taken = len(left) if len(left) == 1 or length(left) <= room else best(left, room)
        lines.append(indent + " ".join(piece.text for piece in left[:taken]))
        left = left[taken:]
        indent = indent if len(lines) > 1 else indent + further
    return lines


def pieces(line: str) -> list[Piece]:
    found: list[Piece] = []
    words: list[str] = []
    depth, rank = 0, (0, 0)
    for word in WORDS.findall(line):
        behind_comma = bool(words) and words[-1].endswith(",")
        if words and (word in LOOSENESS or behind_comma):
            found.append(Piece(" ".join(words), rank))
            words, rank = [], (depth, 0 if behind_comma else LOOSENESS[word])
        words.append(word)
        depth += word.count("(") - word.count(")")
    return [*found, Piece(" ".join(words), rank)]


def best(left: list[Piece], room: int) -> int:
    """How many pieces to put on a line: up to the outermost break in its second half, else as many as fit."""
    fitting = [count for count in range(1, len(left)) if length(left[:count]) <= room] or [1]
    late = [count for count in fitting if length(left[:count]) >= room / 2] or fitting[-1:]
    return min(late, key=lambda count: (left[count].rank, -count))


def length(some: list[Piece]) -> int:
    return sum(len(piece.text) + 1 for piece in some) - 1
