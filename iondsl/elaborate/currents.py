"""`current` → its ions and its place in the membrane equation."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.membrane import Term
from iondsl.elaborate.scope import Report, Scope, planned
from iondsl.errors import Diagnostic, suggestion
from iondsl.syntax import Carrier
from iondsl.system import Current, Share


def check(scope: Scope, report: Report) -> None:
    """E301 for a current without `I`, E307 for an ion that is not declared."""
    block = scope.block
    if block is None:
        return
    if "I" not in scope.members:
        cure = "write `I = g * (V - E)`, outward positive"
        report(Diagnostic("E301", f"the current `{block.name}` has no `I`", block.span, cure))
    if block.ends is not None:
        report(planned("`from ... to ...`", block.ends[0].span))
    check_carriers(scope, block.carries, report)


def check_carriers(scope: Scope, carriers: tuple[Carrier, ...], report: Report) -> None:
    ions = [name for name, block in scope.root.blocks.items() if block.keyword == "ion"]
    for carrier in carriers:
        ion = carrier.ion.path[0]
        if ion not in ions:
            cure = suggestion(ion, ions) or f"declare it: `ion {ion}:` with its `z`"
            report(Diagnostic("E307", f"unknown ion `{ion}`", carrier.ion.span, cure))
        elif len(carrier.ion.path) > 1:
            report(planned("an ion of a named space", carrier.ion.span))


def terms(root: Scope) -> Iterator[Term]:
    """What enters the membrane equation: every current, and every stimulus, in the order of the file."""
    found = []
    for scope in root.below():
        if scope.keyword == "current" and scope.block is not None and "I" in scope.members:
            found.append(Term(scope.quantity("I"), False, scope.members["I"].span))
        for member, definition in scope.members.items():
            if definition.keyword == "stimulus":
                found.append(Term(scope.quantity(member), True, definition.span))
    return iter(sorted(found, key=lambda term: term.span.start))


def record(scope: Scope) -> Current | None:
    block = scope.block
    if block is None:
        return None
    shares = tuple(Share(carrier.ion.path[0], carrier.coefficient) for carrier in block.carries)
    members = tuple(each.quantity(member) for each in scope.below() for member in (*each.members, *each.derived))
    return Current(block.name, shares, members, block.span, block.docs)
