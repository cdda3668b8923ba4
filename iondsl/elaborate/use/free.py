"""What a part takes from outside."""

from __future__ import annotations

from dataclasses import field

from iondsl.elaborate.physics.arguments import blocks_named
from iondsl.elaborate.use.via import brought
from iondsl.elaborate.use.walking import Role, Walk, Within
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Block, Call, Definition, Expression, Name, Statement

NEAR, FAR = "i", "o"  # where a current leads from and to that names no ends
READING_IONS = ("nernst", "ghk_current", "ghk_voltage")


@frozen
class Taken:
    """Every free name of a part, as what it stands there first."""

    names: dict[tuple[str, Role], Name] = field(default_factory=dict)

    def name(self, name: Name, role: Role, depth: int) -> Expression:
        self.names.setdefault((name.text, role), name)
        return name

    def moves(self, block: Block, within: Within) -> Block:
        """The ions and spaces of a header; a current or flux takes the pools at its ends."""
        ends = (NEAR, FAR) if block.ends is None else tuple(end.text for end in block.ends)
        for carrier in block.carries:
            ion, *space = carrier.ion.path
            self.enter((ion,), Role.ION, carrier.ion, within)
            for end in (".".join(space) or ends[0], ends[1]):
                self.enter((ion, *end.split(".")), Role.POOL, carrier.ion, within)
        for end in (*(block.ends or ()), block.per, block.space):
            if end is not None:
                self.enter(end.path, Role.SPACE, end, within)
        return block

    def call(self, call: Call, within: Within) -> Call:
        """A physical function reads the concentrations of an ion that it is given, and V."""
        if call.function.text in READING_IONS:
            for ion in blocks_named(call):
                for end in (NEAR, FAR):
                    self.enter((*ion.path, end), Role.NUMBER, ion, within)
                if call.function.text == "ghk_current":
                    self.enter(("V",), Role.NUMBER, ion, within)
        return call

    def sets(self, line: Definition, within: Within) -> Definition:
        return line

    def enter(self, path: tuple[str, ...], role: Role, where: Name, within: Within) -> None:
        name = Name(path, where.span)
        if within.is_free(name, role):
            self.names.setdefault((name.text, role), name)

    def brought(self, line: Span) -> Taken:
        """The same names, brought by a `use` line."""
        return Taken({key: brought(name, line) for key, name in self.names.items()})

    def all(self) -> set[str]:
        """What a line of a `use` may bind: the names themselves, ions and spaces before a dot, and spaces behind it."""
        found = {text for text, role in self.names if role is not Role.FUNCTION}
        found |= {name.path[0] for name in self.names.values() if len(name.path) > 1}
        return found | {name.path[-1] for (_, role), name in self.names.items() if role is Role.POOL}

    def is_number(self, name: str) -> bool:
        """Whether it stands alone as a number somewhere, and not only as an ion, a space or another block."""
        return any((name, role) in self.names for role in (Role.NUMBER, Role.STATE, Role.POOL))

    def firsts(self) -> dict[str, Name]:
        """The names alone, or before their first dot."""
        return {name.path[0]: name for name in self.names.values()}


def of_part(block: Block) -> Taken:
    taken = Taken()
    Walk(taken).block(block)
    return taken


def of_line(statement: Statement) -> Taken:
    """Of a line that stands in no block."""
    taken = Taken()
    Walk(taken).statement(statement, Within())
    return taken
