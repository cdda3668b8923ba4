"""What a model and its variants have in common is read once: right sides that still say the same, where names still
mean the same, and the units of equations whose names still have the units that they had.

It lasts for one examination, and holds nothing of a model with errors, which is read anew in each variant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from iondsl.elaborate.draft import Side
from iondsl.elaborate.scope import Scope
from iondsl.functions import MATHEMATICAL
from iondsl.immutable import frozen
from iondsl.inference import Equation, Inferred, Rules, infer
from iondsl.syntax import Call, Expression, Name
from iondsl.system import Formula
from iondsl.traversal import walk
from iondsl.units import Unit

Names = tuple[tuple[object, ...], ...]


@frozen
class Known:
    """What an equation came to, and the units that were asked for. `expression` keeps its identity taken."""

    expression: Expression
    equation: Equation
    constants: frozenset[str]
    units: Mapping[str, Unit | None]
    inferred: Inferred

    def holds(self, equation: Equation, rules: Rules) -> bool:
        same = self.equation == equation and self.constants == rules.constants
        return same and all(rules.lookup(name) == unit for name, unit in self.units.items())


@dataclass(slots=True)
class Shared:
    """Formulas by the name of what they define, and equations by the identity of their right sides. `names` is what all
    blocks declare."""

    names: Names = ()
    formulas: dict[str, tuple[Side, Formula]] = field(default_factory=dict)
    equations: dict[int, Known] = field(default_factory=dict)

    def enter(self, root: Scope) -> None:
        """Forget all formulas where other names are declared than in the elaboration before."""
        names = declared(root)
        if names != self.names:
            self.names = names
            self.formulas.clear()

    def forget(self) -> None:
        self.formulas.clear()
        self.equations.clear()

    def formula(self, name: str, side: Side, made: Callable[[], Formula]) -> Formula:
        known = self.formulas.get(name)
        if known is not None and says_the_same(known[0], side):
            return known[1]
        formula = made()
        if is_plain(formula):
            self.formulas[name] = side, formula
        return formula

    def infer(self, equation: Equation, expression: Expression, rules: Rules) -> Inferred:
        known = self.equations.get(id(expression))
        if known is not None and known.holds(equation, rules):
            return known.inferred
        units: dict[str, Unit | None] = {}

        def lookup(name: str) -> Unit | None:
            units[name] = rules.lookup(name)
            return units[name]

        inferred = infer(equation, expression, replace(rules, lookup=lookup))
        self.equations[id(expression)] = Known(expression, equation, rules.constants, units, inferred)
        return inferred


def declared(root: Scope) -> Names:
    """All on which it depends what a name means, block by block."""
    return tuple(
        (scope.path, scope.keyword, *map(frozenset, (scope.members, scope.derived, scope.functions, scope.blocks)))
        for scope in root.below()
    )


def says_the_same(one: Side, other: Side) -> bool:
    return (
        one.origin == other.origin
        and one.scope.path == other.scope.path
        and one.expression == other.expression
    )


def is_plain(formula: Formula) -> bool:
    """Whether nothing is wrong with it, and it depends on the names in it alone: physical functions look at blocks."""
    calls = (node.function.text for node in walk(formula.written) if isinstance(node, Call))
    names = (node.text for node in walk(formula.expanded) if isinstance(node, Name))
    return all(call in MATHEMATICAL for call in calls) and all(names)
