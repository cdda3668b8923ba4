"""Free names of a part → what they are bound to: by a line of its `use`, or in the user's scope by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from iondsl.elaborate.draft import is_literal, unit_behind
from iondsl.elaborate.scope import Report
from iondsl.elaborate.use.contract import Contract
from iondsl.elaborate.use.free import FAR, NEAR
from iondsl.elaborate.use.walking import Role, Within
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Block, Carrier, Convert, Definition, Expression, Name, Need, Number, Prime, Unary, UnitLiteral
from iondsl.traversal import rewrite

ONE_WAY = "bind the pools of all that it carries to one and the same space"

# An ion, and the space where it is.
Pool = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(slots=True)
class Bindings:
    """What the lines of a `use` bind; `name_there` is that of the part in its library, `alias` the user's, who calls
    the time `time`.

    A bound name means the same in the whole part, restated lines included. What it is bound to is looked up where
    the `use` stands. Numbers that are read from outside are converted to the unit of the library's port, in restated
    lines, too: these stand where the originals stood.
    """

    line: Span
    name_there: str
    alias: str
    time: str
    contract: Contract | None
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
        """A name whose block is bound: `X.E` with `X = K`; `Ca.i` with `i = ss`; the part's own by its alias."""
        first, *inner = name.path
        target = self.block(first) if inner or role in (Role.ION, Role.SPACE) else None
        if target is not None:
            return replace(name, path=(*target.path, *inner), outward=depth)
        if inner and role is Role.POOL and (space := self.block(inner[-1])) is not None:
            return replace(name, path=(first, *inner[:-1], *space.path), outward=depth)
        if self.contract is not None and name.path == (self.contract.time,):
            return replace(name, path=(self.time,), outward=depth)
        if first == self.name_there and self.is_of_part(name):
            return replace(name, path=(self.alias, *inner), outward=depth)
        return name

    def block(self, name: str) -> Name | None:
        """What an ion, a space or another block is bound to."""
        line = self.bound.get(name)
        return line.value if line is not None and isinstance(line.value, Name) else None

    def is_of_part(self, name: Name) -> bool:
        """Whether it was written in the library, not in a line of the `use`."""
        span = name.span.via
        while span is not None and span.via is not None:
            span = span.via
        return span == self.line

    def converted(self, name: Name, found: Expression) -> Expression:
        unit = None if self.contract is None else self.contract.unit(name.path)
        if unit is None:
            return found
        if is_literal(found) and unit_behind(found) is None:
            return measured(found, unit)
        return Convert("in", found, UnitLiteral(unit.unit, unit.span, implied=True), name.span)

    def need(self, need: Need) -> Need:
        """What is needed in the place of an ion or space that a line binds."""
        target = self.block(need.name)
        return need if target is None else replace(need, name=target.text)

    # --- headers of currents, fluxes and reactions

    def moves(self, block: Block, within: Within) -> Block:
        if block.carries:
            block = self.carried(block, within)
        elif block.ends is not None:
            start, end = block.ends
            block = replace(block, ends=(self.space(start, within), self.space(end, within)))
        if block.per is not None:
            block = replace(block, per=self.space(block.per, within))
        if block.keyword == "reaction":
            block = replace(block, space=self.place(block, within))
        return block

    def space(self, name: Name, within: Within) -> Name:
        target = self.block(name.text) if within.is_free(name, Role.SPACE) else None
        return name if target is None else replace(target, span=name.span)

    def place(self, reaction: Block, within: Within) -> Name | None:
        """Where a reaction happens; without a word in `i`."""
        written = reaction.space or Name((NEAR,), reaction.span)
        found = self.space(written, within)
        return reaction.space if found is written else found

    def carried(self, block: Block, within: Within) -> Block:
        """Carriers and ends, moved to the pools that theirs are bound to."""
        near, far = (NEAR, FAR) if block.ends is None else (".".join(end.path) for end in block.ends)
        moved: list[Carrier] = []
        ends: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        for carrier in block.carries:
            ion, *space = carrier.ion.path
            start = self.pool((ion,), tuple(space) or tuple(near.split(".")), within, carrier.ion)
            end = self.pool((ion,), tuple(far.split(".")), within, carrier.ion)
            if start[0] != end[0]:
                self.refuse(block, f"`{ion}` cannot leave as `{'.'.join(start[0])}` and arrive as `{'.'.join(end[0])}`")
                return block
            moved.append(replace(carrier, ion=replace(carrier.ion, path=start[0])))
            ends.append((start[1], end[1]))
        return self.headed(block, tuple(moved), ends)

    def headed(
        self, block: Block, carriers: tuple[Carrier, ...], ends: list[tuple[tuple[str, ...], tuple[str, ...]]]
    ) -> Block:
        """The block with these carriers, each from its start to its end. E376 for what no header can say."""
        starts, stops = {start for start, _ in ends}, {stop for _, stop in ends}
        if block.ends is None and stops == {(FAR,)}:
            named = (
                replace(each, ion=replace(each.ion, path=(*each.ion.path, *(() if start == (NEAR,) else start))))
                for each, (start, _) in zip(carriers, ends, strict=True)
            )
            return replace(block, carries=tuple(named))
        if len(starts) == len(stops) == 1:
            start, stop = (Name(path, block.span) for path in ends[0])
            return replace(block, carries=carriers, ends=(start, stop))
        self.refuse(block, f"`{block.name}` would lead from several spaces, or to several")
        return block

    def pool(self, ion: tuple[str, ...], space: tuple[str, ...], within: Within, where: Name) -> Pool:
        """The ion and the space that the pool of a carrier is bound to, or else its ion and its space alone."""
        name = Name((*ion, *space), where.span)
        line = self.bound.get(name.text) if within.is_free(name, Role.POOL) else None
        if line is not None and isinstance(line.value, Name) and len(line.value.path) > 1:
            *around, last = line.value.path
            return (around[-1],), (*around[:-1], last)
        other = self.block(ion[0]) if within.is_free(Name(ion, where.span), Role.ION) else None
        place = self.space(Name(space, where.span), within)
        return (ion if other is None else other.path), place.path

    def refuse(self, block: Block, message: str) -> None:
        first = next(iter(self.bound.values()))
        self.report(Diagnostic("E376", message, first.span, ONE_WAY))


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
            case Prime():
                return replace(node, name=replace(node.name, outward=node.name.outward + depth))
        return node

    return rewrite(value, change)
