"""`order(V, I_Na.m)` → the names of the states that stand before the others."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.elaborate.names import Names
from iondsl.elaborate.scope import Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.system import Kind, Quantity


def ordered(root: Scope, names: Names, quantities: Mapping[str, Quantity]) -> tuple[str, ...]:
    """E201 for a name that there is not, E202 for one that stands twice, E216 for what is no state."""
    found: dict[str, None] = {}
    states = [each.name for each in quantities.values() if each.kind is Kind.STATE]
    for written in () if root.order is None else root.order.names:
        name = names.lookup(written, root).text
        if not name:
            continue
        if name in found:
            names.report(Diagnostic("E202", f"`{name}` stands here twice", written.span, "delete one of the two"))
        elif name not in states:
            cure = suggestion(name, states) or "only states have an order: what has an `x' =`, and gates"
            names.report(Diagnostic("E216", f"`{name}` is no state", written.span, cure))
        found[name] = None
    return tuple(found)
