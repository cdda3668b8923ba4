"""What is divided by a literal over something is multiplied: with tau = 1/(alpha + beta), dt/tau is dt (alpha + beta).

Time constants are written like that, or as a product of such, alpha beta. A name is looked through where it is used
once, so that its own divisions go, too. Nothing is multiplied that was not divided by before: what was finite stays so.

Sums of fractions are left. With common denominators, where these are proven to stay in range, Ten Tusscher 2006 has 55
divisions left, O'Hara-Rudy 104; with more products in their place they were as fast, within 1 % (AVX2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Expr, Mul, Pow, Symbol

from iondsl.algebra import exact, from_exact, is_number, multiply, product, transform
from iondsl.analysis.literals import LARGEST, folded, is_literal
from iondsl.passes._routines import each_expression, each_routine
from iondsl.passes.live import needed
from iondsl.passes.repeated import occurrences
from iondsl.step import Routine, Step


def rewrite(step: Step) -> Step:
    return each_routine(step, without_double_reciprocals)


def without_double_reciprocals(routine: Routine) -> Routine:
    body = {each.target: each.value for each in routine.body}
    divisions = Divisions(body, occurrences(routine))
    return needed(each_expression(routine, divisions.expression))


@dataclass(frozen=True, slots=True)
class Over:
    """`literal/product(below)`."""

    literal: Fraction
    below: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Divisions:
    """Rewrites one routine: `definitions` are those of its body, `uses` how often each name is used."""

    definitions: Mapping[Symbol, Expr]
    uses: Counter[Any]

    def expression(self, expression: Expr) -> Expr:
        return transform(expression, self.inverted)

    def inverted(self, node: Any) -> Any:
        """1/(c/d) as (1/c) d."""
        found = self.over(node.base) if isinstance(node, Pow) and node.exp == -1 else None
        if found is None or not found.below or not 0 < abs(1 / found.literal) < LARGEST:
            return node
        below = self.expression(product(found.below))
        return folded(below if found.literal == 1 else multiply(from_exact(1 / found.literal), below))

    def over(self, node: Expr) -> Over | None:
        """An expression as a literal over a product, if it is one."""
        if isinstance(node, Symbol) and self.uses[node] == 1 and node in self.definitions:
            return self.over(self.definitions[node])
        if is_literal(node) and not is_number(node, 0):
            return Over(exact(node), ())
        if isinstance(node, Pow) and node.exp == -1 and self.uses[node] == 1:
            return Over(Fraction(1), (node.base,))
        if not isinstance(node, Mul):
            return None
        literal, below = Fraction(1), list[Expr]()
        for factor in node.args:
            found = self.over(factor)
            if found is None:
                return None
            literal *= found.literal
            below += found.below
        return Over(literal, tuple(below))
