"""What a parser hands over to those who make syntax of it: tokens, and where things stand."""

from __future__ import annotations

from typing import Protocol

from iondsl.immutable import frozen


class Token(str):
    """A piece of text that is a terminal of the grammar, called by its `type`, and where it stands."""

    __slots__ = ("end_pos", "start_pos", "type")
    type: str
    start_pos: int
    end_pos: int
    levels = 0


@frozen
class Place:
    """Where something stands that is made of tokens, and how many levels of nodes it has."""

    start_pos: int
    end_pos: int
    levels: int


class Located(Protocol):
    """One of the above, or what Lark has for them."""

    @property
    def start_pos(self) -> int: ...

    @property
    def end_pos(self) -> int: ...
