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
    """A line that may tell units: `defines` is what it gives a value, empty for lines that declare nothing, and `reads`
    are all names in it. `tried` is what was open when it was last read, None before.
    """

    line: Statement
    scope: Scope
    sides: tuple[Expression, ...]
    defines: str
    reads: frozenset[str]
    tried: frozenset[str] | None = None


def learn(lines: Iterable[tuple[Statement, Scope]], sides: Sides) -> None:
    """Work out all units that are not known.

    What stays open is a pure number: first states, then what else is given, then what follows from it.
    """
    lines, known = list(lines), sides.known
    definitions = [(line, name_of(line, scope)) for line, scope in lines if isinstance(line, Definition)]
    states = [name for line, name in definitions if line.keyword == "state"]
    given = [name for line, name in definitions if line.keyword or is_literal(line.value)]
    clues = [clue for line, scope in lines if (clue := clue_of(line, scope, known)) is not None]
    for assumed in ((), states, given, tuple(known.units)):
        for name in assumed:
            known.settle(name, ONE)
        clues = [clue for clue in clues if any(map(known.is_open, (*clue.reads, clue.defines)))]
        while learnt_something(clues, sides):
            pass


def clue_of(line: Statement, scope: Scope, known: Known) -> Clue | None:
    """None for a line in which every unit is known, and for a number, which tells none."""
    if isinstance(line, Definition) and is_literal(line.value):
        return None
    sides = tuple(sides_of(line))
    reads = frozenset(known.in_full(each) for side in sides for each in names(side))
    defines = name_of(line, scope) if isinstance(line, Definition) else ""
    is_open = any(map(known.is_open, (*reads, defines)))
    return Clue(line, scope, sides, defines, reads) if sides and is_open else None


def learnt_something(clues: list[Clue], sides: Sides) -> bool:
    """Whether one of them told a unit: those in which one is open first, since products of several tell little."""
    news = [follow(clue, sides, 1) for clue in clues]
    return any(news) or any(follow(clue, sides, most) for most in (2, len(sides.known.units)) for clue in clues)


def follow(clue: Clue, sides: Sides, most: int) -> bool:
    """Whether a line in which at most so many units are open tells something new."""
    known = sides.known
    opened = frozenset(each for each in clue.reads if known.is_open(each))
    if len(opened) > most or opened == clue.tried:
        return False
    expected = known.expected(clue.line, clue.scope)
    if expected is None and (opened or not clue.defines):
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
    unit = sides.read(clue.sides[0], "", None, strict=False).unit
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
