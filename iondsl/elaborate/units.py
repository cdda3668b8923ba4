"""The unit of every quantity: what is declared, else what its expression carries; worked out when asked for."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.elaborate.draft import Draft
from iondsl.elaborate.measure import measure
from iondsl.syntax import Expression
from iondsl.units import ONE, Unit, UnitError


class Units:
    """Looks units up by the full name of a quantity; `x'` is that of `x` over time."""

    def __init__(self, time_name: str, time: Unit, drafts: Mapping[str, Draft]) -> None:
        self.time = time
        self.drafts = drafts
        self.expanded: dict[str, Expression] = {}
        self.known: dict[str, Unit | None] = {time_name: time, "pi": ONE}

    def lookup(self, name: str) -> Unit | None:
        if name not in self.known:
            self.known[name] = None  # what a circle of definitions finds
            self.known[name] = self.work_out(name)
        return self.known[name]

    def work_out(self, name: str) -> Unit | None:
        if name.endswith("'"):
            return self.rate(self.lookup(name[:-1]))
        draft = self.drafts.get(name)
        if draft is None:
            return None
        if draft.unit is not None:
            return draft.unit
        expression = self.expanded.get(name)
        return None if expression is None else measure(expression, self.lookup)

    def rate(self, unit: Unit | None) -> Unit | None:
        try:
            return None if unit is None else unit / self.time
        except UnitError:
            return None
