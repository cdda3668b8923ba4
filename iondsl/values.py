"""The values of parameters, of those that are computed from others, too: what no kernel says."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr, Float, Piecewise, exp, log

from iondsl.algebra import expm1, exprel, heaviside, log1p, log10, sigmoid
from iondsl.model import Model
from iondsl.order import dependency_order

# What SymPy has no numbers for, in its own functions: `evalf` takes as many digits as a difference needs.
SPELLED = {
    expm1: lambda x: exp(x) - 1,
    exprel: lambda x: Piecewise((1, (x >= 0) & (x <= 0)), ((exp(x) - 1) / x, True)),
    log1p: lambda x: log(1 + x),
    log10: lambda x: log(x) / log(10),
    sigmoid: lambda x: 1 / (1 + exp(-x)),
    heaviside: lambda x: Piecewise((1, x >= 0), (0, True)),
}


def parameter_values(model: Model, given: Mapping[str, float] | None = None) -> dict[str, float]:
    """By name, in declaration order; what is not `given` has its default, or follows others."""
    known = given or {}
    values: dict[Expr, Expr] = {}
    for each in dependency_order(model.parameters, lambda row: row.symbol, lambda row: row.value):
        own = known.get(each.symbol.name)
        values[each.symbol] = evaluated(each.value, values) if own is None else Float(own, 17)
    return {each.symbol.name: number(values[each.symbol]) for each in model.parameters}


def evaluated(value: Expr, values: Mapping[Expr, Expr]) -> Expr:
    for function, spelled in SPELLED.items():
        value = value.replace(function, spelled)
    return value.evalf(17, subs=values)


def number(value: Expr) -> float:
    """NaN for what is no real number, such as the root of -1."""
    return float(value) if value.is_extended_real else float("nan")
