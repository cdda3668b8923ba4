"""What currents, stimuli, fluxes and reactions of a part move, moved to what its lines bind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iondsl.elaborate.scope import Report
from iondsl.elaborate.use.free import FAR, NEAR
from iondsl.elaborate.use.walking import Role, Within
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.syntax import Block, Carrier, Definition, Name

ONE_WAY = "bind the pools of all that it carries to one and the same space"

# An ion, and the space where it is.
Pool = tuple[tuple[str, ...], tuple[str, ...]]


def block_bound(bound: Mapping[str, Definition], name: str) -> Name | None:
    """What an ion, a space or another block is bound to."""
    line = bound.get(name)
    return line.value if line is not None and isinstance(line.value, Name) else None


@frozen
class Headers:
    """The lines of a `use` that bind, for the headers of its blocks."""

    bound: Mapping[str, Definition]
    report: Report

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
        target = block_bound(self.bound, name.text) if within.is_free(name, Role.SPACE) else None
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
        if len(starts) == len(stops) == 1 and block.keyword != "stimulus":
            start, stop = (Name(path, block.span) for path in ends[0])
            return replace(block, carries=carriers, ends=(start, stop))
        self.refuse(block, f"`{block.name}` would lead from several spaces, or to several")
        return block

    def pool(self, ion: tuple[str, ...], space: tuple[str, ...], within: Within, where: Name) -> Pool:
        """The ion and the space that the pool of a carrier is bound to, or else its ion and its space alone."""
        whole = Name((*ion, *space), where.span)
        line = self.bound.get(whole.text) if within.is_free(whole, Role.POOL) else None
        if line is not None and isinstance(line.value, Name) and len(line.value.path) > 1:
            *around, last = line.value.path
            return (around[-1],), (*around[:-1], last)
        other = block_bound(self.bound, ion[0]) if within.is_free(Name(ion, where.span), Role.ION) else None
        place = self.space(Name(space, where.span), within)
        *cell, name = ion if other is None else other.path
        return (name,), (*cell, *place.path)

    def refuse(self, block: Block, message: str) -> None:
        first = next(iter(self.bound.values()))
        self.report(Diagnostic("E376", message, first.span, ONE_WAY))
