"""`flux` → what it moves between two spaces; the membrane potential does not feel it."""

from __future__ import annotations

from iondsl.elaborate import carriers, shares, spaces
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.syntax import Block
from iondsl.system import Flux


def check(scope: Scope, report: Report) -> None:
    """E301 for a flux without `J`, E312 where it leads nowhere, and what is wrong with what it carries."""
    block = scope.block
    if block is None:
        return
    if scope.lacks("J"):
        cure = "write `J = ...`, positive in the direction of `from ... to ...`"
        report(Diagnostic("E301", f"the flux `{block.name}` has no `J`", block.span, cure))
    carriers.check(scope, block.carries, report)
    carriers.check_ends(scope, report)
    if block.carries and block.ends is None:
        cure = f"write `flux {block.name} carries ... from i to o:`"
        report(Diagnostic("E312", f"the flux `{block.name}` has no `from ... to ...`", block.span, cure))
    elif block.carries:
        check_members(scope, block, report)


def check_members(scope: Scope, block: Block, report: Report) -> None:
    """E312 for an ion that is in neither of the two spaces."""
    start, end = shares.ends_of(scope)
    if not all(spaces.is_known(scope, each) for each in (start, end)):
        return
    for carrier in block.carries:
        name, ion = carrier.ion.path[0], scope.ion(carrier.ion.path[:1])
        if ion is None or is_in(ion, start) or is_in(ion, end):
            continue
        if not ion.excuses(start, end):
            message = f"`{name}` is neither in `{start}` nor in `{end}`"
            cure = f"declare its concentration in one of them: `{start} = ...` in `ion {name}:`"
            report(Diagnostic("E312", message, carrier.span, cure))


def is_in(ion: Scope, end: str) -> bool:
    """Whether an ion has a concentration at an end of a flux."""
    *cell, space = end.split(".")
    there = ion.ion((*cell, ion.path[-1]))
    return there is not None and there.holder(space) is not None


def check_charges(root: Scope, report: Report) -> None:
    """W301 for a net charge between two spaces that a current joins."""
    fluxes = [scope for scope in root.below() if scope.keyword == "flux" and moves_charge(scope)]
    between = joined(root) if fluxes else []
    for scope in fluxes:
        ends = places(scope, shares.ends_of(scope))
        if scope.block is not None and len(ends) == 2 and ends in between:
            carries = scope.block.carries
            message = f"the flux `{scope.block.name}` moves net charge that `V'` does not feel"
            cure = "write a `current` if the membrane potential should feel it"
            report(Diagnostic("W301", message, carries[0].span.to(carries[-1].span), cure))


def moves_charge(flux: Scope) -> bool:
    """Whether it leads somewhere, and all that it carries together is charged."""
    block = flux.block
    if block is None or block.ends is None:
        return False
    numbered = [carrier.coefficient is not None for carrier in block.carries]
    return any(numbered) == all(numbered) and bool(shares.charge_of(flux, block.carries))


def joined(root: Scope) -> list[set[str]]:
    """The pairs of spaces between which currents flow."""
    found = [places(scope, shares.ends_of(scope)) for scope in root.below() if scope.keyword == "current"]
    moves = [move for move in shares.moves(root) if move.is_current]
    return found + [places(move.home, (move.share.start, move.share.end)) for move in moves]


def places(scope: Scope, ends: tuple[str, str]) -> set[str]:
    """The full names of the spaces at two ends."""
    return {spaces.place_at(scope, end) for end in ends}


def record(scope: Scope) -> Flux | None:
    block = scope.block
    if block is None:
        return None
    ends = None if block.ends is None else (block.ends[0].text, block.ends[1].text)
    per = None if block.per is None else block.per.text
    return Flux(".".join(scope.path), shares.of_block(scope), ends, per, scope.all_members(), block.span, block.docs)
