"""What a routine computes, in NumPy: expressions are walked node by node, as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from sympy import And, Not, Number, Or, Piecewise, Symbol, true
from sympy.core.relational import Relational

from iondsl.step import Routine, Step

Values = dict[Symbol, Any]

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: getattr(np, name) for name in ("exp", "expm1", "log", "log1p", "log10", "sqrt", "cosh", "sinh", "tanh")},
    "Abs": np.abs,
    "Add": lambda *terms: reduce(np.add, terms),
    "Mul": lambda *factors: reduce(np.multiply, factors),
    "Pow": lambda base, exponent: np.power(base, exponent) if np.any(exponent != -1) else 1 / base,
    "Max": np.maximum,
    "Min": np.minimum,
    "floor": np.floor,
    "sign": np.sign,
    "quotient": np.divide,
    "exprel": lambda u: np.where(u == 0, 1, np.expm1(u) / np.where(u == 0, 1, u)),
    "sigmoid": lambda u: 1 / (1 + np.exp(-u)),
    "heaviside": lambda u: np.where(u >= 0, 1, 0),
    "bernoulli": lambda u, e: np.where(np.abs(u) < 1, u / np.expm1(u), u / (e - 1)),
    "exp2": np.exp2,
    "exp2_inside": np.exp2,
    "bernoulli_above": lambda u: np.where(u == 0, 1, np.where(np.abs(u) < 1 / 64, u / np.expm1(u), u)),
    "bernoulli_below": lambda u, e: np.where(np.abs(u) < 1 / 64, 1, e - 1),
    "exprel_of": lambda u, e: np.where(np.abs(u) < 1, np.expm1(u) / u, (e - 1) / u),
}
COMPARISONS: Mapping[str, Callable[..., Any]] = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "==": np.equal, "!=": np.not_equal,
}


def value(node: Any, known: Values, real: Any) -> Any:
    """The value of an expression or a condition."""
    if node in known:
        return known[node]
    if isinstance(node, Number):
        return real(int(node.p)) / real(int(node.q)) if node.is_Rational else real(float(node))
    if node == true:
        return True
    if isinstance(node, Piecewise):
        pairs = [tuple(value(part, known, real) for part in pair.args) for pair in node.args]
        return reduce(lambda otherwise, pair: np.where(pair[1], pair[0], otherwise), reversed(pairs), real("nan"))
    parts = [value(argument, known, real) for argument in node.args]
    if isinstance(node, Relational):
        return COMPARISONS[node.rel_op](*parts)
    if isinstance(node, And | Or | Not):
        return {And: np.logical_and, Or: np.logical_or, Not: np.logical_not}[node.func](*parts)
    return FUNCTIONS[type(node).__name__](*parts)


def outputs(routine: Routine, known: Values, real: Any = np.float64) -> list[Any]:
    """The outputs of a routine for what is known: parameters, states, inputs, time and dt."""
    known = dict(known)
    with np.errstate(all="ignore"):
        for each in routine.assignments:
            known[each.target] = value(each.value, known, real)
        return [value(output, known, real) for output in routine.outputs]


def at_defaults(step: Step, real: Any = np.float64) -> Values:
    """The parameters, inputs, time and dt of a run that sets nothing."""
    known: Values = {name: real(each) for name, each in zip(step.parameters, step.defaults, strict=True)}
    for computed in step.computed:
        known[step.parameters[computed.index]] = value(computed.value, known, real)
    known |= {name: real(each) for name, each in zip(step.inputs, step.input_defaults, strict=True)}
    known |= {sample.symbol: real(step.input_defaults[sample.input]) for sample in step.samples}
    return known | {step.time: real(0.25), step.dt: real(0.01)}


def around_the_start(step: Step, cells: int, real: Any = np.float64) -> Values:
    """States of many cells: potentials from -120 to 60, the others within a tenth of where they begin."""
    random = np.random.default_rng(7)
    start = outputs(step.initial, at_defaults(step))
    known: Values = {}
    for name, first in zip(step.states, start, strict=True):
        far = abs(float(first)) > 15
        drawn = random.uniform(-120, 60, cells) if far and first < 0 else first * random.uniform(0.9, 1.1, cells)
        known[name] = drawn.astype(real)
    return known
