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

    def visit(first: Symbol) -> None:
        """Without recursion: chains of definitions may be long."""
        stack = [first]
        while stack:
            target = stack[-1]
            used = [] if target in entered else symbols_in(value(by_symbol[target]))
            entered.add(target)
            waiting = [each for each in used if each in by_symbol and each not in ordered]
            if any(each in entered for each in waiting):
                raise ValueError(f"`{target}` depends on itself")
            if waiting:
                stack += reversed(waiting)
            else:
                ordered.setdefault(stack.pop(), by_symbol[target])

    for item in items:
        visit(symbol(item))
    return tuple(ordered.values())
