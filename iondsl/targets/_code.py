"""Printed expressions: a text, and what must be known of it to put it into a larger one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How tightly a text binds, loosest first. `NEGATIVE` is what begins with a minus."""

    RELATION = 0
    SUM = 1
    NEGATIVE = 2
    PRODUCT = 3
    ATOM = 4


@dataclass(frozen=True, slots=True)
class Code:
    """A printed expression. `constant`: it is made of literals alone."""

    text: str
    level: Level = Level.ATOM
    constant: bool = False

    def at(self, level: Level) -> str:
        """The text, in parentheses unless it binds at least as tightly as `level`."""
        return self.text if self.level >= level else f"({self.text})"

    def negated(self) -> Code:
        return Code(f"-{self.at(Level.PRODUCT)}", Level.NEGATIVE, self.constant)

    def times(self, other: Code) -> Code:
        return self._followed_by("*", other)

    def over(self, other: Code) -> Code:
        return self._followed_by("/", other)

    def _followed_by(self, operator: str, other: Code) -> Code:
        text = f"{self.at(Level.NEGATIVE)}{operator}{other.at(Level.ATOM)}"
        level = Level.NEGATIVE if self.level is Level.NEGATIVE else Level.PRODUCT
        return Code(text, level, self.constant and other.constant)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What languages write differently; arithmetic, comparisons, `&` and `|` are the same in C and in Python.

    `number` writes a literal that is not negative. `typed` gives a text of literals alone the type of the
    model's numbers, where literals have another. `undefined` is a choice's value where no condition holds.
    `functions` maps names of SymPy classes, and `sqrt`; those in `binary` take two arguments at a time.
    """

    number: Callable[[float], str]
    typed: Callable[[str], str]
    select: Callable[[str, str, str], str]
    negation: Callable[[str], str]
    undefined: str
    functions: Mapping[str, str]
    binary: frozenset[str] = frozenset({"Max", "Min"})
