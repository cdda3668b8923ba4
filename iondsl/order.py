"""The order of computation: every definition behind those that it uses, otherwise as declared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sympy import Expr, Symbol

from iondsl.algebra import symbols_in

Item = TypeVar("Item")


def dependency_order(
    items: Sequence[Item], symbol: Callable[[Item], Symbol], value: Callable[[Item], Expr]
) -> tuple[Item, ...]:
    """`items` in an order in which they can be computed. Circles were refused before: they raise here."""
    by_symbol = {symbol(item): item for item in items}
    ordered: dict[Symbol, Item] = {}
    entered: set[Symbol] = set()

    def visit(target: Symbol) -> None:
        if target in ordered:
            return
        if target in entered:
            raise ValueError(f"`{target}` depends on itself")
        entered.add(target)
        for used in symbols_in(value(by_symbol[target])):
            if used in by_symbol:
                visit(used)
        ordered[target] = by_symbol[target]

    for item in items:
        visit(symbol(item))
    return tuple(ordered.values())
