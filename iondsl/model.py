"""What a model is, mathematically: SymPy symbols and expressions, in an order in which they can be computed."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, S, Symbol
from sympy.logic.boolalg import Boolean

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
    """`rate` is the symbol of its derivative, `x'`; `steady` that of a gate's steady state.

    `initial` of one that begins in the steady state of its network is the symbol of that value, see `steady.py`.
    """

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


def steady_name(state: str) -> str:
    """The name of the value that a state of a network has in its steady state."""
    return f"steady~{state}"


@dataclass(frozen=True, slots=True)
class Reactant:
    """So many of a species: its `value` as a rate measures it, and the `slope` of this in the `state` behind it."""

    state: Symbol
    count: int
    value: Expr
    slope: Expr = S.One


@dataclass(frozen=True, slots=True)
class Way:
    """One direction of a transition. It happens `rate` times the product of its `reactants`, each to a whole power,
    and each time adds its `changes` to the species that are named, negative ones to those that it takes."""

    rate: Symbol
    reactants: tuple[Reactant, ...]
    changes: tuple[tuple[Symbol, Expr], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A Markov scheme or a reaction. `species` are states, but for one that is `eliminated`: an equation.

    `steady`: nothing says where it begins, so that it begins in its steady state.
    """

    name: str
    species: tuple[Symbol, ...]
    ways: tuple[Way, ...]
    eliminated: Symbol | None = None
    steady: bool = False


@dataclass(frozen=True, slots=True)
class Joint:
    """Initial values that need each other: the sum of `entries` times the `unknowns` is `right`, for every row.

    Rows are called by the unknown that is solved for in them, and stand in the order in which that works. `open` are
    the states that have no value of their own: their solution is called `steady_name`.
    """

    unknowns: tuple[Symbol, ...]
    open: tuple[Symbol, ...]
    entries: tuple[tuple[Symbol, Symbol, Expr], ...]
    right: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What happens when `condition` becomes true: states get new values, all at once.

    `distance` is above 0 where the condition holds and below 0 where it does not; it is 0 where that changes.
    """

    name: str
    condition: Boolean
    distance: Expr
    settings: tuple[tuple[Symbol, Expr], ...]


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
    networks: tuple[Network, ...] = ()
    joints: tuple[Joint, ...] = ()
    events: tuple[Event, ...] = ()
