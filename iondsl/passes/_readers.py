"""Who reads what a routine computes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sympy import Symbol

from iondsl.algebra import symbols_of
from iondsl.step import Routine


@dataclass(frozen=True, slots=True)
class Readers:
    """Of each symbol the targets that it is read for, and outputs by their number."""

    targets: tuple[Symbol, ...]
    by_symbol: Mapping[Symbol, frozenset[object]]

    @classmethod
    def of(cls, routine: Routine) -> Readers:
        found: dict[Symbol, set[object]] = defaultdict(set)
        for target, value in (*((each.target, each.value) for each in routine.body), *enumerate(routine.outputs)):
            for each in symbols_of(value):
                found[each].add(target)
        targets = tuple(each.target for each in routine.body)
        return cls(targets, {symbol: frozenset(readers) for symbol, readers in found.items()})

    def of_symbol(self, symbol: Symbol) -> frozenset[object]:
        return self.by_symbol.get(symbol, frozenset())

    def own(self, roots: Iterable[object]) -> frozenset[object]:
        """With these what nothing else reads."""
        found = {*roots}
        for each in reversed(self.targets):
            if self.of_symbol(each) <= found:
                found.add(each)
        return frozenset(found)
