"""Factors that vanish at one voltage: `V + 40` and `1 - exp(-(V + 40)/10)` both do at -40 mV.

A quotient of two of them that vanish together is a removable 0/0. Each is brought to the form u times a shape that
never vanishes, with u a polynomial; where the two u are proportional, the quotient is their ratio times that of the
shapes. With exprel(u) = (exp(u) - 1)/u, which is 1 at 0, and a = |u|:

    exp(u) - 1     = u exprel(u)
    sinh(u)        = u exp(a) exprel(-2 a)
    tanh(u)        = u 2 exprel(-2 a)/(1 + exp(-2 a))
    exp(v) - exp(w) = (v - w) exp(max(v, w)) exprel(-|v - w|)

The forms in a overflow only where the function itself does.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from sympy import Abs, Expr, Integer, Max, S, exp

from iondsl.algebra import add, apply, divide, expm1, exprel, from_exact, multiply, negate, subtract
from iondsl.analysis.exponentials import exponential, sum_terms
from iondsl.analysis.proportion import Definitions, is_polynomial


@dataclass(frozen=True, slots=True)
class Vanishing:
    """`u * shape`: vanishes where u does, and nowhere else."""

    u: Expr
    shape: Expr


def vanishing(factor: Expr, definitions: Definitions) -> Vanishing | None:
    """The factor in the form in which it vanishes, or None where none is known."""
    seen = definitions.get(factor, factor)
    match seen:
        case expm1():
            return Vanishing(seen.args[0], apply(exprel, seen.args[0]))
        case sympy.sinh():
            return Vanishing(seen.args[0], multiply(apply(exp, size(seen.args[0])), decay(seen.args[0])))
        case sympy.tanh():
            return Vanishing(seen.args[0], tanh_shape(seen.args[0]))
    difference = difference_of_exponentials(seen, definitions)
    if difference is not None:
        return difference
    return Vanishing(factor, S.One) if is_polynomial(factor) else None


def size(u: Expr) -> Expr:
    return apply(Abs, u)


def decay(u: Expr) -> Expr:
    """exprel(-2 |u|), which is between 0 and 1."""
    return apply(exprel, multiply(Integer(-2), size(u)))


def tanh_shape(u: Expr) -> Expr:
    below = add(S.One, apply(exp, multiply(Integer(-2), size(u))))
    return divide(multiply(Integer(2), decay(u)), below)


def difference_of_exponentials(expression: Expr, definitions: Definitions) -> Vanishing | None:
    """c exp(v) - c exp(w); either exponential may be a plain number."""
    terms = sum_terms(expression)
    if len(terms) != 2:
        return None
    first, second = (exponential(term, definitions) for term in terms)
    if first is None or second is None or first.coefficient != -second.coefficient:
        return None
    if first.exponent is None:
        first, second = second, first
    if first.exponent is None:
        return None
    scale = from_exact(first.coefficient)
    if second.exponent is None:
        return Vanishing(first.exponent, multiply(scale, apply(exprel, first.exponent)))
    u = subtract(first.exponent, second.exponent)
    larger = apply(exp, apply(Max, first.exponent, second.exponent))
    return Vanishing(u, multiply(scale, multiply(larger, apply(exprel, negate(size(u))))))


def quotient(top: Vanishing, bottom: Vanishing, r: Expr) -> Expr:
    """top/bottom, with r = top.u/bottom.u, accurate everywhere."""
    return multiply(r, divide(top.shape, bottom.shape))
