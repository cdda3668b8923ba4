"""Quotients of two factors that vanish together, in any product: written so that they are accurate there, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, Mul, Pow, S, Symbol

from iondsl.algebra import divide, factors, product, symbols_of, transform
from iondsl.analysis.proportion import Definitions, ratio
from iondsl.analysis.vanishing import Vanishing, quotient, vanishing

MAX_POWER = 4


@dataclass(frozen=True, slots=True)
class Removal:
    """Rewrites the quotients of equations. `fixed` are the symbols that are constant in a run."""

    fixed: frozenset[Symbol]
    definitions: Definitions

    def expression(self, expression: Expr) -> Expr:
        return transform(expression, lambda node: self.quotient(node) if isinstance(node, Mul) else node)

    def quotient(self, node: Mul) -> Any:
        """A product with the factors that vanish together joined in pairs."""
        top, bottom = split(node)
        changed = False
        for below in list(bottom):
            pair = self.partner(below, top)
            if pair is not None:
                above, joined = pair
                top[position(top, above)] = joined
                del bottom[position(bottom, below)]
                changed = True
        if not changed:
            return node
        return divide(product(top), product(bottom)) if bottom else product(top)

    def partner(self, below: Expr, top: list[Expr]) -> tuple[Expr, Expr] | None:
        """The factor above that vanishes where `below` does, and what their quotient is written as."""
        lower = self.varying(below)
        if lower is None:
            return None
        for above in top:
            upper = self.varying(above)
            if upper is None:
                continue
            constant = ratio(upper.u, lower.u, self.fixed, self.definitions)
            if constant is not None:
                return above, quotient(upper, lower, constant)
        return None

    def varying(self, factor: Expr) -> Vanishing | None:
        """The form in which a factor vanishes, for one that changes in a run."""
        if symbols_of(factor) <= self.fixed:
            return None
        return vanishing(factor, self.definitions)


def split(node: Mul) -> tuple[list[Expr], list[Expr]]:
    """The factors above and below the line; small whole powers stand as often as they say."""
    top: list[Expr] = []
    bottom: list[Expr] = []
    for factor in factors(node):
        base, exponent = (factor.base, factor.exp) if isinstance(factor, Pow) else (factor, S.One)
        if exponent.is_Integer and 0 < abs(int(exponent)) <= MAX_POWER:
            for part in factors(base) * abs(int(exponent)):
                inner = split(part) if isinstance(part, Pow) else ([part], [])
                above, below = inner if exponent > 0 else (inner[1], inner[0])
                top += above
                bottom += below
        else:
            top.append(factor)
    return top, bottom


def position(items: list[Expr], item: Expr) -> int:
    return next(index for index, each in enumerate(items) if each is item)
