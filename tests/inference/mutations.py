"""Slips with single units: each unit literal of a model in another scale, in another dimension, left out, and mixed up
with every other unit of the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from iondsl.source import Source

SCALE, DIMENSION, DROPPED, MIXED = KINDS = ("another scale", "another dimension", "left out", "mixed up")

# Strings and comments match first, so that brackets inside them are none.
LITERAL = re.compile(r'"[^"\n]*"|#[^\n]*|(?P<gap> ?)\[(?P<unit>[^\]\n]*)\]')
HEADER = re.compile(r"^[a-z].*", re.MULTILINE)
NAME = re.compile(r"[A-Za-z]+")

# The next prefix upwards; what has none gets a milli.
LARGER = {"a": "f", "f": "p", "p": "n", "n": "u", "u": "m", "m": "", "k": ""}
# Where the field slips in another way than by the next prefix.
SLIPS = {"mM": "uM", "mol": "mmol", "um": "cm", "cm": "m", "K": "degC", "degC": "K"}
OTHERS = {
    "ms": "mV", "s": "V", "mM": "mmol", "uM": "umol",
    "pA": "nS", "nA": "uS", "nS": "pA", "pF": "nS",
    "um": "um^2", "um^2": "um", "um^3": "um^2", "cm^2": "cm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutation:
    """A model in which the unit `old` at `position` is `new`, which is empty where it was left out."""

    original: Source
    position: int
    kind: str
    old: str
    new: str
    text: str

    @property
    def source(self) -> Source:
        return Source(self.original.name, self.text)

    @property
    def in_protocol(self) -> bool:
        """Whether it stands in a protocol, where units convert and a bare number is in the unit that is needed."""
        *_, header = HEADER.finditer(self.original.text[: self.position])
        return header[0].startswith("protocol")

    def __str__(self) -> str:
        line, column = self.original.line_column(self.position)
        text = self.original.line_text(line)
        shown = f"{text[: column - 1]}{self.old} -> {self.new}{text[column - 1 + len(self.old) :]}"
        code, _, _ = shown.partition(' "')
        return f"{self.original.name}: {code.strip()}"


def mutations(source: Source) -> Iterator[Mutation]:
    """For each literal but `[1]`, in the order of the text."""
    literals = [each for each in LITERAL.finditer(source.text) if each["unit"] not in (None, "1")]
    units = dict.fromkeys(each["unit"] for each in literals)
    for literal in literals:
        old = literal["unit"]
        news = {other_scale(old): SCALE, other_dimension(old): DIMENSION, "": DROPPED}
        news |= {each: MIXED for each in units if each != old and each not in news}
        for new, kind in news.items():
            written = f"{literal['gap']}[{new}]" if new else ""
            text = source.text[: literal.start()] + written + source.text[literal.end() :]
            yield Mutation(source, literal.start("unit"), kind, old, new, text)


def other_scale(unit: str) -> str:
    """`mV` as `V`, `uA/cm^2` as `mA/cm^2`, `mM` as `uM`."""
    return NAME.sub(lambda name: SLIPS.get(name[0]) or neighbour(name[0]), unit, count=1)


def neighbour(name: str) -> str:
    return LARGER[name[0]] + name[1:] if len(name) > 1 and name[0] in LARGER else f"m{name}"


def other_dimension(unit: str) -> str:
    """`mV` as `ms`, `mS/cm^2` as `mS`, `1/ms` as `ms`."""
    above, _, below = unit.partition("/")
    if not below:
        return OTHERS.get(unit, "ms")
    return below.strip("()") if above == "1" else above
