"""What a model is, mathematically: SymPy symbols and expressions, in an order in which they can be computed."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol

from iondsl.system import Quantity, System


@dataclass(frozen=True, slots=True)
class Parameter:
    """Constant in a run. `value` is a number, or an expression in other parameters."""

    symbol: Symbol
    value: Expr
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Input:
    """Set from outside or by a protocol; may vary in time."""

    symbol: Symbol
    default: float
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class State:
    """`rate` is the symbol of its derivative, `x'`; `steady` that of a gate's steady state."""

    symbol: Symbol
    initial: Expr
    rate: Symbol
    steady: Symbol | None
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Equation:
    """A derived quantity, or the derivative `x'` of a state."""

    symbol: Symbol
    expr: Expr
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Pool:
    """A concentration in a moving volume. Its amount, concentration times size, is what a scheme integrates."""

    concentration: Symbol
    amount: State
    size: Symbol


@dataclass(frozen=True, slots=True)
class Model:
    """Parameters, inputs and states in declaration order; every equation uses only those before it.

    `states` is what users see. Among them are the concentrations of `pools`, whose amounts are integrated instead,
    and `sizes`, which follow from other quantities at every moment.
    """

    system: System
    time: Symbol
    parameters: tuple[Parameter, ...]
    inputs: tuple[Input, ...]
    states: tuple[State, ...]
    equations: tuple[Equation, ...]
    pools: tuple[Pool, ...] = ()
    sizes: tuple[Equation, ...] = ()
