"""`current` → its ions and its place in the membrane equation."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate import ions
from iondsl.elaborate.membrane import Term
from iondsl.elaborate.placing import planned
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.source import Span
from iondsl.syntax import Carrier
from iondsl.system import Current, Share


def check(scope: Scope, report: Report) -> None:
    """E301 for a current without `I`, and what is wrong with what it carries."""
    block = scope.block
    if block is None:
        return
    if scope.lacks("I"):
        cure = "write `I = g * (V - E)`, outward positive"
        report(Diagnostic("E301", f"the current `{block.name}` has no `I`", block.span, cure))
    if block.ends is not None:
        report(planned("`from ... to ...`", block.ends[0].span.to(block.ends[1].span)))
    check_carriers(scope, block.carries, report)


def check_carriers(scope: Scope, carriers: tuple[Carrier, ...], report: Report) -> None:
    """E307 for an ion that is not declared, E308 where no charge moves."""
    root, seen = scope.root, set[str]()
    for carrier in carriers:
        ion = carrier.ion.path[0]
        block = root.blocks.get(ion)
        if block is None or block.keyword != "ion":
            if not root.excuses(ion):
                report(unknown_ion(ion, carrier.ion.span, root))
        elif len(carrier.ion.path) > 1:
            report(planned("an ion of a named space", carrier.ion.span))
        elif ion in seen:
            report(Diagnostic("E307", f"`{ion}` is carried twice", carrier.span, "write one number for both"))
        seen.add(ion)
    if carriers and net_charge(root, carriers) == 0:
        where = carriers[0].span.to(carriers[-1].span)
        report(Diagnostic("E308", "no net charge is carried, so this is no current", where))


def net_charge(root: Scope, carriers: tuple[Carrier, ...]) -> int | None:
    """In one cycle; None where it is not known."""
    charge = 0
    for carrier in carriers:
        block = root.blocks.get(carrier.ion.text)
        valence = None if block is None else ions.valence(block)
        if valence is None or (carrier.coefficient is None and len(carriers) > 1):
            return None
        charge += valence * (1 if carrier.coefficient is None else carrier.coefficient)
    return charge


def unknown_ion(ion: str, span: Span, root: Scope) -> Diagnostic:
    known = [name for name, block in root.blocks.items() if block.keyword == "ion"]
    cure = suggestion(ion, known) or f"declare it: `ion {ion}:` with its `z`"
    return Diagnostic("E307", f"unknown ion `{ion}`", span, cure)


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
