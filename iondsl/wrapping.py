"""A long line of the language → several: broken before operators and behind commas, outside parentheses if possible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, takewhile

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
        taken = best(left, room)
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
    """How many pieces to put on a line: all, else up to the outermost break in its second half, else what fits."""
    ends = accumulate(len(piece.text) + 1 for piece in left)
    lengths = list(takewhile(lambda length: length <= room, (end - 1 for end in ends)))
    if not lengths or len(lengths) == len(left):
        return max(len(lengths), 1)
    late = [count for count, length in enumerate(lengths, 1) if length >= room / 2] or [len(lengths)]
    return min(late, key=lambda count: (left[count].rank, -count))
