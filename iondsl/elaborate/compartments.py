"""`compartment` → a cell of its own: what its membrane has, for readers, and what leaves it without being missed."""

from __future__ import annotations

from iondsl.elaborate import shares, spaces
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.system import Compartment


def record(scope: Scope) -> Compartment | None:
    if scope.block is None:
        return None
    potential, capacitance, area = (member(scope, each) for each in ("V", "C", "area"))
    return Compartment(scope.cell, potential, capacitance, area, scope.block.span, scope.block.docs)


def member(cell: Scope, name: str) -> str | None:
    """The quantity of a member of the membrane, where that is there."""
    membrane = cell.membrane
    return None if membrane is None or not membrane.declares(name) else membrane.quantity(name)


def check(root: Scope, report: Report) -> None:
    """W330: an ion moves in a space of a compartment, and what moves is booked on the concentration in another."""
    found: dict[tuple[str, str], Diagnostic] = {}
    for move in shares.moves(root):
        for end, pool in zip((move.share.start, move.share.end), move.ends, strict=True):
            holder, member = shares.holder_at(end, move.share.ion, move.home), end.rpartition(".")[2]
            place = spaces.place_at(move.home, end)
            if holder is None or member not in holder.members or holder.members[member].keyword != "state":
                continue
            if spaces.place(holder, member) != place:
                message = f"`{move.share.flow}` moves `{holder.path[-1]}` in `{place}`, but is booked on `{pool}`"
                cure = f"refine it in the compartment: `state {member} = ...` in `ion {holder.path[-1]}:`"
                found.setdefault((place, pool), Diagnostic("W330", message, move.span, cure))
    for each in found.values():
        report(each)
