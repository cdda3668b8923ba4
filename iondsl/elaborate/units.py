"""The unit of every quantity: what is declared, else what its equation says, read when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.constants import CONSTANTS
from iondsl.elaborate.draft import Draft, is_literal
from iondsl.elaborate.names import PI, names_in
from iondsl.elaborate.shared import Shared
from iondsl.inference import Equation, Inferred, Rules, infer
from iondsl.syntax import Convert, Expression
from iondsl.system import Formula, Kind
from iondsl.traversal import holds, rewrite
from iondsl.units import ONE, Unit, UnitError, same_dimension

REPLACEABLE = ("R", "F")


class Units:
    """Looks units up by the full name of a quantity; `x'` is that of `x` over time."""

    def __init__(
        self,
        time_name: str,
        time: Unit,
        drafts: Mapping[str, Draft],
        shared: Shared | None = None,
        strict: bool = False,
    ) -> None:
        self.time = time
        self.infer = infer if shared is None else shared.infer
        self.drafts = drafts
        self.formulas: dict[str, Formula] = {}
        self.known: dict[str, Unit | None] = {time_name: time, PI: ONE}
        self.known |= {symbol: each.unit for symbol, each in CONSTANTS.items() if symbol not in drafts}
        self.inferred: dict[str, Inferred] = {}
        self.rules = Rules(self.lookup, frozenset(filter(self.is_constant, CONSTANTS)), strict)

    def is_constant(self, symbol: str) -> bool:
        """Whether a name means a physical constant: built in, or a quantity at the top of the file in its place."""
        draft = self.drafts.get(symbol)
        if draft is None:
            return True
        return (
            symbol in REPLACEABLE
            and draft.unit is not None
            and same_dimension(draft.unit, CONSTANTS[symbol].unit)
        )

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
        draft, formula = self.drafts.get(name), self.formulas.get(name)
        if draft is None or draft.unit is not None or formula is None:
            return []
        return sorted(names_in(formula.expanded))

    def work_out(self, name: str) -> Unit | None:
        """From units that are known by now; those on a circle of definitions are not."""
        if name.endswith("'"):
            return self.rate(self.known.get(name[:-1]))
        draft = self.drafts.get(name)
        if draft is None or draft.unit is not None or name not in self.formulas:
            return None if draft is None else draft.unit
        self.known[name] = None  # while it is read: an equation that uses itself does not say what it measures
        self.known[name] = self.value(name).unit
        return self.known[name]

    def value(self, name: str) -> Inferred:
        """The equation of a quantity, or its value at the start, read once."""
        if name not in self.inferred:
            draft, formula = self.drafts[name], self.formulas[name]
            expected = draft.unit or draft.assumed
            equation = Equation(
                name,
                expected,
                any_scale=draft.unit is None,
                a_number=draft.kind is not Kind.EQUATION,
                derived=is_derived(formula),
                free=expected is not None,
                rescaled=draft.rescaled,
            )
            compared = draft.unit is not None and not draft.rescaled  # `members` has compared a literal's unit with it
            stated = compared and is_literal(formula.expanded)
            literal = Inferred(draft.unit, formula.expanded)
            self.inferred[name] = literal if stated else self.infer(equation, formula.expanded, self.rules)
        return self.inferred[name]

    def restate(self, name: str, formula: Formula | None) -> None:
        """Take the equation that was derived for a quantity in the place of the one that was read before."""
        if formula is not None and formula is not self.formulas.get(name):
            self.formulas[name] = formula
            self.inferred.pop(name, None)

    def start(self, name: str, formula: Formula) -> Inferred:
        """The value at the start of a quantity that has an equation, too."""
        equation = Equation(name, self.lookup(name), derived=is_derived(formula), free=True)
        return self.infer(equation, formula.expanded, self.rules)

    def derivative(self, name: str, formula: Formula) -> Inferred:
        """The equation of `x'`."""
        stated = isinstance(formula.expanded, Convert)
        equation = Equation(f"{name}'", self.lookup(f"{name}'"), derived=is_derived(formula), free=stated)
        return self.infer(equation, formula.expanded, self.rules)

    def for_readers(self, formula: Formula) -> Expression:
        """The right side as its author wrote it, or as it is derived, without what only says how to read it.

        That is the unit left of `x' [mM/s] =`, and conversions that change nothing: a derived equation asks for more
        than it needs, and so does the port of a library.
        """

        def change(node: Expression) -> Expression:
            if not isinstance(node, Convert):
                return node
            if node.operator == "=":
                return node if formula.origin else node.operand
            if node.operator == "in" and (formula.origin or node.unit.implied):
                unit = self.infer(Equation("", derived=True), node.operand, self.rules).unit
                return node.operand if unit == node.unit.unit else node
            return node

        return rewrite(formula.written, change) if holds(formula.written, Convert) else formula.written

    def rate(self, unit: Unit | None) -> Unit | None:
        try:
            return None if unit is None else unit / self.time
        except UnitError:
            return None


def is_derived(formula: Formula) -> bool:
    """Whether the compiler made the equation; one that it only changed is still its author's."""
    return bool(formula.origin) and not formula.origin.startswith("written")
