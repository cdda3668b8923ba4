"""The units that nobody states: from what an equation defines, and from what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iondsl.elaborate.draft import is_literal
from iondsl.elaborate.scope import Scope
from iondsl.importers.lines import with_sides
from iondsl.importers.units.known import Known, name_of
from iondsl.importers.units.sides import Sides
from iondsl.syntax import Definition, Expression, Name, Prime, Statement
from iondsl.traversal import walk
from iondsl.units import ONE, Unit


@dataclass(slots=True)
class Clue:
    """A line that may tell a unit: `defines` is a derived quantity without one, `reads` are all names in it.

    `tried` is what was open when it was last read, None before.
    """

    sides: tuple[Expression, ...]
    expected: Unit | None
    defines: str
    reads: frozenset[str]
    tried: frozenset[str] | None = None


def learn(lines: Iterable[tuple[Statement, Scope]], sides: Sides) -> None:
    """Work out all units that are not known.

    What stays open is a pure number: first states, then what else is given, then what follows from it.
    """
    lines = list(lines)
    known = sides.known
    definitions = [(line, name_of(line, scope)) for line, scope in lines if isinstance(line, Definition)]
    states = [name for line, name in definitions if line.keyword == "state"]
    given = [name for line, name in definitions if line.keyword or is_literal(line.value)]
    for assumed in ((), states, given, tuple(known.units)):
        for name in assumed:
            known.settle(name, ONE)
        clues = list(found(lines, known))
        while learnt_something(clues, sides):
            pass


def found(lines: Iterable[tuple[Statement, Scope]], known: Known) -> Iterator[Clue]:
    """The lines in which some unit is not known."""
    for line, scope in lines:
        defines = name_of(line, scope) if isinstance(line, Definition) else ""
        sides = () if isinstance(line, Definition) and is_literal(line.value) else tuple(sides_of(line))
        reads = frozenset(known.in_full(each) for side in sides for each in names(side))
        if sides and any(known.is_open(each) for each in (*reads, *filter(None, [defines]))):
            yield Clue(sides, known.expected(line, scope), defines, reads)


def learnt_something(clues: list[Clue], sides: Sides) -> bool:
    """Whether one of them told a unit: those in which one is open first, since products of several tell little."""
    news = [follow(clue, sides, 1) for clue in clues]
    return any(news) or any(follow(clue, sides, most) for most in (2, len(sides.known.units)) for clue in clues)


def follow(clue: Clue, sides: Sides, most: int) -> bool:
    """Whether a line in which at most so many units are open tells something new."""
    known = sides.known
    opened = frozenset(each for each in clue.reads if known.is_open(each))
    expected = clue.expected or known.units.get(clue.defines)
    if len(opened) > most or opened == clue.tried or (expected is None and opened):
        return False
    clue.tried = opened
    units = told(clue, expected, sides)
    for name, unit in units.items():
        known.settle(name, unit)
    return bool(units)


def told(clue: Clue, expected: Unit | None, sides: Sides) -> dict[str, Unit]:
    """The units that a line tells: of what it is made of where it is known what it measures, else of that."""
    if expected is not None:
        return {name: unit for side in clue.sides for name, unit in sides.learnt(side, expected).items()}
    unit = sides.read(clue.sides[0], "", None, strict=False).unit if clue.defines else None
    return {} if unit is None else {clue.defines: unit}


def sides_of(line: Statement) -> list[Expression]:
    found: list[Expression] = []

    def keep(side: Expression) -> Expression:
        found.append(side)
        return side

    with_sides(line, keep)
    return found


def names(side: Expression) -> Iterator[str]:
    for node in walk(side):
        if isinstance(node, Name | Prime):
            yield node.text if isinstance(node, Name) else node.name.text
