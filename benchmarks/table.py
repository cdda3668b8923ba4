"""The lines of docs/performance.md: what is asked of a number, and what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number is held to."""

    number: float
    above: bool

    def holds(self, value: float) -> bool:
        return value >= self.number if self.above else value <= self.number

    def text(self, unit: str) -> str:
        return f"{'≥' if self.above else '≤'} {self.number:g}{unit}"


def at_least(number: float) -> Bound:
    return Bound(number, above=True)


def at_most(number: float) -> Bound:
    return Bound(number, above=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `unit` follows the number; `rates` says what it was computed from; no `bound`: nothing is asked."""

    subject: str
    against: str
    value: float
    bound: Bound | None = None
    unit: str = "x"
    rates: str = ""

    @property
    def verdict(self) -> str:
        if self.bound is None:
            return ""
        return "yes" if self.bound.holds(self.value) else "**no**"

    def cells(self) -> tuple[str, ...]:
        wanted = self.bound.text(self.unit) if self.bound else ""
        return self.subject, self.against, wanted, f"{number(self.value)}{self.unit}", self.verdict, self.rates

    def line(self) -> str:
        return " | ".join(cell for cell in self.cells() if cell)


HEAD = ("", "against", "wanted", "measured", "met")


def number(value: float) -> str:
    """Three digits, two of what is below 0.1."""
    if abs(value) < 0.1:
        return f"{value:.2g}"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}"


@dataclass(frozen=True, slots=True)
class Column:
    """What was measured for one number of cells, by the title of its line."""

    head: str
    values: Mapping[str, str]

    def line(self) -> str:
        return " | ".join((self.head, *self.values.values()))


def grid_markdown(title: str, columns: Sequence[Column]) -> str:
    """A table of one model; columns have the same lines."""
    heads = [title, *(column.head for column in columns)]
    lines = [[name, *(column.values[name] for column in columns)] for name in columns[0].values]
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, ["---"] * len(heads), *lines])


def markdown(rows: Iterable[Row], rates: str = "") -> str:
    """A table; `rates` is the head of its last column."""
    lines = [(*HEAD, rates), ("---",) * (len(HEAD) + 1), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
