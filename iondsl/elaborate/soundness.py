"""Which quantities an error has touched already: nothing more is said about what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iondsl.elaborate.names import names_in
from iondsl.syntax import Convert, Expression, Number, String
from iondsl.system import Quantity
from iondsl.traversal import walk


def unsound(quantities: Mapping[str, Quantity], others: Iterable[str], spoilt: Iterable[str]) -> frozenset[str]:
    """The quantities with a broken definition, and all that use them. `others` are further names that are known."""
    known = {*quantities, *(f"{name}'" for name in quantities), *others}
    users: dict[str, list[str]] = {}
    touched = [*spoilt]
    for name, quantity in quantities.items():
        for expression in (formula.expanded for formula in quantity.formulas):
            used = names_in(expression)
            for each in used:
                users.setdefault(each.removesuffix("'"), []).append(name)
            if not used <= known or any(is_broken(node) for node in walk(expression)):
                touched.append(name)
    found: set[str] = set()
    while touched:
        name = touched.pop()
        if name not in found:
            found.add(name)
            touched += users.get(name, ())
    return frozenset(found)


def is_broken(node: Expression) -> bool:
    """A unit that is none, or a text where a number stands."""
    if isinstance(node, Number | Convert):
        return node.unit is not None and node.unit.refused
    return isinstance(node, String)
