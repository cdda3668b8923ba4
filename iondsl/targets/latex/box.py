"""A printed expression, and what must be known of it to put it into a larger one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

SCRIPT = 0.72
# Points at a type size of 10: commands that are no letter, then characters. Generous, so that estimates are safe.
_COMMANDS = {
    "mathrm": 0, "mathit": 0, "mathbf": 0, "mathsf": 0, "mathtt": 0, "infty": 10, "cdot": 7.5,
    "times": 12.5, "le": 13.5, "ge": 13.5, "ne": 13.5, "bar": 0, "hat": 0, "tilde": 0, "dot": 0, "ddot": 0, "vec": 0,
    "overline": 0, "widehat": 0, "widetilde": 0, ",": 1.7, ";": 2.8, "!": -1.7, "_": 5.3, "pm": 12.5, "mp": 12.5,
}
_CHARACTERS = {
    **dict.fromkeys("+-*", 12.5), **dict.fromkeys("=<>", 13.5), **dict.fromkeys(".,", 3.0), " ": 0.0,
    **dict.fromkeys("()[]|/", 4.0), **dict.fromkeys("0123456789", 5.0), **dict.fromkeys("iljt", 4.0),
    **dict.fromkeys("mw", 8.8),
}
_TOKEN = re.compile(r"\\([A-Za-z]+|.)|([_^])?\{|\}|(.)", re.DOTALL)


class Level(IntEnum):
    """How tightly a text binds, loosest first. `NEGATIVE` begins with a minus, `QUOTIENT` has a slash."""

    OR = 0
    AND = 1
    NOT = 2
    COMPARE = 3
    SUM = 4
    NEGATIVE = 5
    QUOTIENT = 6
    PRODUCT = 7
    POWER = 8
    ATOM = 9


@dataclass(frozen=True, slots=True)
class Box:
    """`width` is an estimate in points.

    `size` says which parentheses go around it, from 0 for plain ones to `FREE`, whose parentheses take their height
    from what is inside.
    """

    tex: str
    width: float
    level: Level = Level.ATOM
    size: int = 0

    def at(self, level: Level) -> Box:
        """In parentheses unless it binds at least as tightly as `level`."""
        return self if self.level >= level else delimited(self)

    def around(self, before: str, after: str, extra: float, level: Level) -> Box:
        """With something on both sides that is `extra` points wide."""
        return replace(self, tex=before + self.tex + after, width=self.width + extra, level=level)


FREE = 5
_SIZES = ("", r"\bigl", r"\Bigl", r"\biggl", r"\Biggl")


def atom(tex: str, level: Level = Level.ATOM) -> Box:
    return Box(tex, width(tex), level)


def delimited(box: Box, left: str = "(", right: str = ")") -> Box:
    """The box between delimiters that are larger than those inside."""
    before, after = delimiters(box.size, left, right)
    size = box.size if box.size >= 3 else box.size + 1
    return replace(box, tex=before + box.tex + after, width=box.width + 8 + box.size, level=Level.ATOM, size=size)


def delimiters(size: int, left: str = "(", right: str = ")") -> tuple[str, str]:
    if size == FREE:
        return rf"\left{left}", rf"\right{right}"
    opening = _SIZES[size]
    return opening + left, (opening[:-1] + "r" if opening else "") + right


def fraction(above: Box, below: Box) -> Box:
    wide = max(above.width, below.width) + 3
    size = FREE if FREE in (above.size, below.size) else 3 if max(above.size, below.size) < 2 else 4
    return Box(rf"\frac{{{above.tex}}}{{{below.tex}}}", wide, Level.POWER, size)


def joined(boxes: list[Box], joint: str, level: Level) -> Box:
    return Box(
        joint.join(box.tex for box in boxes),
        sum(box.width for box in boxes) + width(joint) * len(boxes[1:]),
        level,
        max((box.size for box in boxes), default=0),
    )


def width(tex: str) -> float:
    """The width of a symbol, number or operator in points; scripts above and below each other count as side by side."""
    total, scales = 0.0, [1.0]
    for match in _TOKEN.finditer(tex):
        command, script, char = match.groups()
        if match[0] == "}":
            scales.pop()
        elif match[0].endswith("{"):
            scales.append(scales[-1] * (SCRIPT if script else 1.0))
        elif command:
            total += scales[-1] * _COMMANDS.get(command, 6.5)
        else:
            total += scales[-1] * _CHARACTERS.get(char, 7.8 if char.isupper() else 5.6)
    return total
