"""`current` → its ions and its place in the membrane equation."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate import carriers
from iondsl.elaborate.draft import Draft, Side, name, total
from iondsl.elaborate.membrane import Term
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.shares import ends_of, of_block, order_of, written_at
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Definition, Expression
from iondsl.system import Current, Kind


def prepare(scope: Scope) -> None:
    """Announce the `I` that is the sum of its shares, before any name is looked up."""
    if "I" in scope.blocks and "I" not in scope.members:
        scope.derived.add("I")


def check(scope: Scope, report: Report) -> None:
    """E301 for a current without `I`, and what is wrong with what it carries."""
    block = scope.block
    if block is None:
        return
    if scope.lacks("I"):
        cure = "write `I = g * (V - E)`, outward positive"
        report(Diagnostic("E301", f"the current `{block.name}` has no `I`", block.span, cure))
    carriers.check(scope, block.carries, report)
    carriers.check_charge(scope, block.carries, report)
    carriers.check_shares(scope, block.carries, report)
    carriers.check_ends(scope, report)


def drafts(scope: Scope) -> Iterator[Draft]:
    """`I`, where it is the sum of its shares."""
    if "I" in scope.derived and scope.block is not None:
        shares = scope.blocks["I"]
        terms: list[Expression] = [name(shares.quantity(ion), stated_at(line)) for ion, line in shares.members.items()]
        value = Side(total(terms), scope.root, "sum of its shares")
        quantity = scope.quantity("I")
        yield Draft(quantity, Kind.EQUATION, scope.block.span, value, doc=scope.block.docs, block=quantity)


def stated_at(line: Definition) -> Span:
    """What is blamed where a share does not fit the others."""
    return line.span if line.value is None else line.value.span


def terms(cell: Scope) -> Iterator[Term]:
    """What enters the membrane equation of a cell: its currents and stimuli, in the order of the file."""
    found = []
    for scope in cell.inside():
        if scope.keyword == "current" and scope.declares("I"):
            found.append((order_of(scope), Term(scope.quantity("I"), False, written_at(scope))))
        for member, definition in scope.members.items():
            if definition.keyword == "stimulus":
                found.append((definition.order, Term(scope.quantity(member), True, definition.span)))
    return (term for _, term in sorted(found, key=lambda each: each[0]))


def record(scope: Scope) -> Current | None:
    block = scope.block
    if block is None:
        return None
    return Current(".".join(scope.path), of_block(scope), ends_of(scope), scope.all_members(), block.span, block.docs)
