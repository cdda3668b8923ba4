"""Expressions as one quotient."""

from __future__ import annotations

import numpy as np
from sympy import Expr, Integer

from iondsl.algebra import add, multiply, reciprocal, symbol, symbols_of
from iondsl.analysis.quotients import LARGEST, Reader, size
from tests.passes.numbers import Values, value


def test_long_chains_of_names_are_read_in_part() -> None:
    """Each name occurs three times in the next: all of them looked through would be 3^400."""
    names = [symbol(f"x{number}") for number in range(400)]
    definitions = dict(zip(names[1:], map(link, names), strict=False))
    found = Reader(definitions, lambda _: True).read(names[-1])
    assert found.below
    assert found.size() <= LARGEST
    assert size(add(names[0], names[1])) == 3
    known: Values = {names[0]: np.longdouble("0.3")}
    for name, definition in definitions.items():
        known[name] = value(definition, known, np.longdouble)
    above, *below = (value(each, known, np.longdouble) for each in (found.above, *found.below))
    assert abs(above / np.prod(below) / known[names[-1]] - 1) < 1e-17
    assert symbols_of(found.above) <= {*names[-10:-1]}


def link(x: Expr) -> Expr:
    """x/(1 + x^2/(2 + x))"""
    inner = multiply(multiply(x, x), reciprocal(add(Integer(2), x)))
    return multiply(x, reciprocal(add(Integer(1), inner)))
