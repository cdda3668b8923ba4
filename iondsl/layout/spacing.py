"""Where blanks stand between tokens."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from iondsl.layout.tokens import Token

CLING_TO_BOTH = ("power", "fraction")
CLING_TO_THE_LEFT = (")", ",", ":", "prime")
CLING_TO_THE_RIGHT = ("(", "unary")


def joined(tokens: Sequence[Token]) -> str:
    """The tokens on one line."""
    written = [("" if cling(*pair) else " ") + pair[1].text for pair in pairwise(tokens)]
    return "".join([tokens[0].text, *written])


def cling(left: Token, right: Token) -> bool:
    return (
        {left.kind, right.kind}.intersection(CLING_TO_BOTH) != set()
        or right.kind in CLING_TO_THE_LEFT
        or left.kind in CLING_TO_THE_RIGHT
        or (left.kind == "name" and right.kind == "(")
    )
