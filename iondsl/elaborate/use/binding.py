"""Free names of a part → what they are bound to: by a line of its `use`, or in the user's scope by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from iondsl.elaborate.draft import is_literal, unit_behind
from iondsl.elaborate.physics.arguments import blocks_named
from iondsl.elaborate.scope import Report
from iondsl.elaborate.use.contract import Contract
from iondsl.elaborate.use.free import FAR, NEAR, READING_IONS
from iondsl.elaborate.use.headers import Headers, block_bound
from iondsl.elaborate.use.walking import Role, Within
from iondsl.errors import Diagnostic
from iondsl.laws import LAWS
from iondsl.source import Span
from iondsl.syntax import (
    Block,
    Call,
    Convert,
    Definition,
    Expression,
    Name,
    Need,
    Number,
    Prime,
    Program,
    Unary,
    UnitLiteral,
)
from iondsl.traversal import rewrite

RESTATE = "restate the line that calls it"


@dataclass(slots=True)
class Bindings:
    """What the lines of a `use` bind; `name_there` is that of the part in its library, `alias` the user's, who calls
    the time `time`. `ions` and `spaces` are those that the part may mean, `contract` tells in which units.

    A bound name means the same in the whole part, restated lines included. What it is bound to is looked up where
    the `use` stands. Numbers that are read from outside are converted to the unit of the library's port, in restated
    lines, too: these stand where the originals stood.
    """

    line: Span
    name_there: str
    alias: str
    time: str
    contract: Contract
    is_library: bool
    ions: frozenset[str]
    spaces: frozenset[str]
    report: Report
    bound: dict[str, Definition] = field(default_factory=dict)

    def name(self, name: Name, role: Role, depth: int) -> Expression:
        if role is Role.FUNCTION:
            return name
        if name.text in self.bound and role in (Role.NUMBER, Role.STATE, Role.POOL):
            value = self.bound[name.text].value
            assert value is not None
            found = outside(value, depth) if role is Role.NUMBER or isinstance(value, Name) else name
        else:
            found = self.renamed(name, role, depth)
        return self.converted(name, found) if role is Role.NUMBER else found

    def renamed(self, name: Name, role: Role, depth: int) -> Name:
        """A name whose block is bound, the time, or the part's own name, by its alias."""
        first, *inner = name.path
        path = self.elsewhere(name, role)
        if path != name.path:
            return replace(name, path=path, outward=depth)
        if self.is_library and name.path == (self.contract.time,):
            return replace(name, path=(self.time,), outward=depth)
        if first == self.name_there and self.is_of_part(name):
            return replace(name, path=(self.alias, *inner), outward=depth)
        return name

    def elsewhere(self, name: Name, role: Role) -> tuple[str, ...]:
        """`X.E` with `X = K`; `Ca.i` with `i = ss`, or in the space of another compartment."""
        first, *inner = name.path
        if not inner and role not in (Role.ION, Role.SPACE):
            return name.path
        target = self.block(first)
        around = (first,) if target is None else target.path
        space = self.block(inner[-1]) if inner and (role is Role.POOL or self.is_pool(name)) else None
        if space is None:
            return (*around, *inner)
        return (*space.path[:-1], *around, *inner[:-1], space.path[-1])

    def is_pool(self, name: Name) -> bool:
        """Whether a number is a concentration of an ion."""
        return name.path[-2] in self.ions and name.path[-1] in self.spaces

    def block(self, name: str) -> Name | None:
        """What an ion, a space or another block is bound to."""
        return block_bound(self.bound, name)

    def is_of_part(self, name: Name) -> bool:
        """Whether it was written in the library, not in a line of the `use`."""
        span = name.span.via
        while span is not None and span.via is not None:
            span = span.via
        return span == self.line

    def converted(self, name: Name, found: Expression) -> Expression:
        unit = self.contract.unit(name.path) if self.is_library or name.text in self.bound else None
        if unit is None:
            return found
        if is_literal(found) and unit_behind(found) is None:
            return measured(found, unit)
        return Convert("in", found, UnitLiteral(unit.unit, unit.span, implied=True), name.span)

    def need(self, need: Need) -> Need:
        """With what a line binds in the place of an ion or space."""
        return replace(need, bound=self.block(need.name))

    def call(self, call: Call, within: Within) -> Call:
        """`nernst(X)` and `ghk_current(P, X)` in full where a line binds what they read of the ion, or V."""
        if "T" in self.bound and call.function.text in LAWS and LAWS[call.function.text].temperature:
            message = f"`{call.function.text}` reads the temperature of the model, and a line binds `T`"
            self.report(Diagnostic("E376", message, self.bound["T"].span, RESTATE))
        moved = [ion for ion in blocks_named(call) if self.reads_bound(call.function.text, ion, within)]
        if not moved or call.function.text not in READING_IONS:
            return call
        ion = moved[0]
        if call.function.text == "ghk_voltage":
            message = f"`{call.function.text}` reads the concentrations of `{ion.text}`, and a line binds them"
            self.report(Diagnostic("E376", message, next(iter(self.bound.values())).span, RESTATE))
            return call
        members = [replace(ion, path=(*ion.path, member)) for member in ("z", NEAR, FAR)]
        potential = [Name(("V",), ion.span)] if call.function.text == "ghk_current" else []
        return replace(call, arguments=(*call.arguments[:-1], *members, *potential))

    def reads_bound(self, function: str, ion: Name, within: Within) -> bool:
        read = [replace(ion, path=(*ion.path, end)) for end in (NEAR, FAR)]
        free = [name for name in read if within.is_free(name, Role.NUMBER)]
        has_moved = any(name.text in self.bound or self.block(name.path[-1]) is not None for name in free)
        potential = Name(("V",), ion.span)
        reads_potential = function == "ghk_current" and within.is_free(potential, Role.NUMBER)
        return has_moved or (reads_potential and "V" in self.bound)

    def sets(self, line: Definition, within: Within) -> Definition:
        """A state is set to a number in the unit of the library."""
        is_converted = line.unit is None and (self.is_library or line.name.text in self.bound)
        unit = self.contract.unit(line.name.path) if is_converted else None
        if unit is None or not within.is_free(line.name, Role.STATE):
            return line
        return replace(line, unit=UnitLiteral(unit.unit, unit.span, implied=True))

    def moves(self, block: Block, within: Within) -> Block:
        return Headers(self.bound, self.report).moves(block, within)


def measured(number: Expression, unit: UnitLiteral) -> Expression:
    """A bare number that a line binds, in the unit that the part counts in."""
    if isinstance(number, Unary):
        return replace(number, operand=measured(number.operand, unit))
    return replace(number, unit=unit) if isinstance(number, Number) else number


def outside(value: Expression, depth: int) -> Expression:
    """An expression whose names are looked up outside of so many used parts."""

    def change(node: Expression) -> Expression:
        match node:
            case Name():
                return replace(node, outward=node.outward + depth)
            case Call():
                return replace(node, function=replace(node.function, outward=node.function.outward + depth))
            case Prime():
                return replace(node, name=replace(node.name, outward=node.name.outward + depth))
        return node

    return rewrite(value, change)


def blocks_of(program: Program, keyword: str) -> frozenset[str]:
    """The names of all ions of a file, say, those of compartments too."""
    top = [each for each in program.body if isinstance(each, Block)]
    inside = [each for block in top if block.keyword == "compartment" for each in block.body if isinstance(each, Block)]
    return frozenset(each.name for each in (*top, *inside) if each.keyword == keyword)
