"""`K.i * i.volume` where the volume moves: the amount that is integrated, on which a volume may depend."""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate.draft import name
from iondsl.syntax import Binary, Expression, Name
from iondsl.system import Formula, Kind, Quantity
from iondsl.traversal import rewrite


def read_amounts(quantities: dict[str, Quantity]) -> None:
    """Read every product of a concentration and its size as the amount; `K.i` itself is that over the size."""
    stores = {full: each.store for full, each in quantities.items() if each.store is not None}
    amounts = {frozenset((concentration, store.size)): store.amount for concentration, store in stores.items()}

    def change(node: Expression) -> Expression:
        if isinstance(node, Binary) and node.operator == "*":
            found = amounts.get(factors(node))
            return node if found is None else name(found, node.span)
        return node

    def changed(formula: Formula | None) -> Formula | None:
        return None if formula is None else replace(formula, expanded=rewrite(formula.expanded, change))

    for full, each in quantities.items() if amounts else ():
        value = each.value if each.kind is Kind.AMOUNT else changed(each.value)
        quantities[full] = replace(each, value=value, rate=changed(each.rate), follows=changed(each.follows))


def factors(product: Binary) -> frozenset[str]:
    """The names of the two factors."""
    return frozenset(each.text for each in (product.left, product.right) if isinstance(each, Name))
