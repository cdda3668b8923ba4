"""exprel(u) exp(c - u) is exp(c) exprel(-u): one exponential less, and nothing overflows where the product does not.

Such is `(exp(0.04*(V + 77)) - 1)/((V + 77)*exp(0.04*(V + 35)))`, after its 0/0 has been removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, Mul, Pow, Symbol

from iondsl.algebra import apply, exprel, factors, negate, product, transform
from iondsl.analysis.affine import ONE, Affine, Reader, total
from iondsl.passes._routines import each_expression, each_routine
from iondsl.passes.exponentials import constant
from iondsl.step import Routine, Step

# exp of it is a moderate number in float32, too.
LARGEST = 50


def rewrite(step: Step) -> Step:
    fixed = frozenset((*step.parameters, step.dt))
    return each_routine(step, lambda routine: mirrored(routine, fixed))


def mirrored(routine: Routine, fixed: frozenset[Symbol]) -> Routine:
    mirror = Mirror(Reader(fixed, {each.target: each.value for each in routine.assignments}))
    return each_expression(routine, lambda each: transform(each, mirror.product))


@dataclass(frozen=True, slots=True)
class Mirror:
    reader: Reader

    def product(self, node: Any) -> Any:
        parts = factors(node) if isinstance(node, Mul) else []
        for place, one in enumerate(parts):
            for other, factor in enumerate(parts) if isinstance(one, exprel) else ():
                offset = self.offset(one.args[0], factor)
                if offset is not None:  # only these two, of factors that occur several times
                    parts[place], parts[other] = apply(exprel, negate(one.args[0])), constant(offset)
                    return product(parts)
        return node

    def offset(self, u: Expr, other: Expr) -> Affine | None:
        """c, where the other factor is exp(c - u)."""
        exponent = exponent_of(other)
        if exponent is None:
            return None
        found = total([self.reader.read(u), self.reader.read(exponent)])
        return found if found.keys() == {ONE} and abs(found[ONE]) <= LARGEST else None


def exponent_of(factor: Expr) -> Expr | None:
    match factor:
        case sympy.exp(args=(exponent,)):
            return exponent
        case Pow(base=sympy.exp(args=(exponent,)), exp=power) if power == -1:
            return negate(exponent)
    return None
