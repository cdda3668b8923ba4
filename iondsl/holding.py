"""What a protocol holds: clamped states and driven parameters are inputs of a kernel of their own."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from sympy import Expr, Symbol

from iondsl.algebra import symbols_in, symbols_of
from iondsl.errors import UsageError
from iondsl.model import Equation, Input, Model
from iondsl.order import dependency_order
from iondsl.volumes import clamped


def holding(model: Model, held: frozenset[str]) -> Model:
    """The model with some of its quantities held. Raises UsageError for what cannot be."""
    free = clamped(model, held)
    check_derivatives(free, held)
    check_events(free, held)
    return following(free, held)


def check_derivatives(model: Model, held: frozenset[str]) -> None:
    """A held state has the derivative of its protocol, which no equation can use."""
    for equation in model.equations:
        for used in symbols_in(equation.expr):
            if used.name.endswith("'") and used.name[:-1] in held:
                raise UsageError(
                    f"`{used.name[:-1]}` cannot be clamped: `{equation.symbol.name}` uses its derivative `{used.name}`"
                )


def check_events(model: Model, held: frozenset[str]) -> None:
    """What a protocol holds keeps its value: an event that sets it would do nothing."""
    for event in model.events:
        for state, _ in event.settings:
            if state.name in held:
                raise UsageError(f"`{state.name}` cannot be clamped: the event `{event.name}` sets it")


def following(model: Model, held: frozenset[str]) -> Model:
    """Parameters that are computed from a driven one vary with it: they become equations."""
    varying: dict[Symbol, Equation] = {}
    for each in dependency_order(model.parameters, lambda row: row.symbol, lambda row: row.value):
        if any(used.name in held or used in varying for used in symbols_of(each.value)):
            varying[each.symbol] = Equation(each.symbol, each.value, each.quantity)
    kept = tuple(each for each in model.parameters if each.symbol not in varying)
    return replace(model, parameters=kept, equations=(*varying.values(), *model.equations))


def all_inputs(model: Model, held: frozenset[str]) -> tuple[Input, ...]:
    """The model's inputs, then what a protocol holds: clamped states and driven parameters."""
    states = [Input(state.symbol, number(state.initial), state.quantity) for state in model.states]
    driven = [Input(each.symbol, number(each.value), each.quantity) for each in model.parameters]
    return (*model.inputs, *(each for each in (*states, *driven) if each.symbol.name in held))


def number(value: Expr) -> float:
    """A literal. For anything else NaN: the protocol gives its value before it is read."""
    return float(value) if value.is_Number else nan
