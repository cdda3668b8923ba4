"""The unit of every quantity: what is declared, else what its expression carries; worked out when asked for."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.constants import CONSTANTS
from iondsl.elaborate.draft import Draft
from iondsl.elaborate.measure import measure
from iondsl.elaborate.names import names_in
from iondsl.syntax import Expression
from iondsl.units import ONE, Unit, UnitError, same_dimension


class Units:
    """Looks units up by the full name of a quantity; `x'` is that of `x` over time."""

    def __init__(self, time_name: str, time: Unit, drafts: Mapping[str, Draft]) -> None:
        self.time = time
        self.drafts = drafts
        self.expanded: dict[str, Expression] = {}
        self.known: dict[str, Unit | None] = {time_name: time, "pi": ONE}
        self.known |= {symbol: each.unit for symbol, each in CONSTANTS.items() if symbol not in drafts}

    def lookup(self, name: str) -> Unit | None:
        if name not in self.known:
            self.settle(name)
        return self.known[name]

    def settle(self, name: str) -> None:
        """Work out a unit and all that it follows from, without recursion: chains of definitions may be long."""
        entered: set[str] = set()
        stack = [name]
        while stack:
            top = stack[-1]
            needed = [] if top in entered else [each for each in self.needed(top) if each not in self.known]
            entered.add(top)
            stack += [each for each in needed if each not in entered]
            if stack[-1] == top:
                stack.pop()
                self.known.setdefault(top, self.work_out(top))

    def needed(self, name: str) -> list[str]:
        """What the unit follows from; nothing where it is declared."""
        if name.endswith("'"):
            return [name[:-1]]
        draft, expression = self.drafts.get(name), self.expanded.get(name)
        return [] if draft is None or draft.unit is not None or expression is None else sorted(names_in(expression))

    def work_out(self, name: str) -> Unit | None:
        """From units that are known by now; those on a circle of definitions are not."""
        if name.endswith("'"):
            return self.rate(self.known.get(name[:-1]))
        draft, expression = self.drafts.get(name), self.expanded.get(name)
        if draft is None or draft.unit is not None or expression is None:
            return None if draft is None else draft.unit
        measured = measure(expression, self.known.get)
        if draft.assumed is None or (measured is not None and same_dimension(measured, draft.assumed)):
            return measured
        return draft.assumed

    def rate(self, unit: Unit | None) -> Unit | None:
        try:
            return None if unit is None else unit / self.time
        except UnitError:
            return None
