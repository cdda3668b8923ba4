"""What a scheme integrates: states with their rates, and the equations that the rates are computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Symbol

from iondsl.algebra import add, from_exact, multiply, substitute, symbol
from iondsl.analysis.linearity import FREE, UNKNOWN, Slope, Slopes
from iondsl.model import Network, State
from iondsl.step import Assignment


@dataclass(frozen=True, slots=True)
class Update:
    """A scheme's answer: assignments in order, and the new value of every state."""

    body: tuple[Assignment, ...]
    new: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """x' = f(x, t). Held states are not among `states`: they are inputs.

    `networks` say how some of the rates come about: by transitions between states that keep what they move.
    `parameters` are constant in a run.
    """

    time: Symbol
    dt: Symbol
    states: tuple[State, ...]
    inputs: tuple[Symbol, ...]
    equations: tuple[Assignment, ...]
    networks: tuple[Network, ...] = ()
    parameters: tuple[Symbol, ...] = ()

    def slope(self, state: State) -> Slope:
        """The slope of a state's rate in the state itself.

        That of a pool is not given: what leaves one enters another, and nothing is lost on the way only if all of
        them are advanced by one formula.
        """
        return UNKNOWN if state.quantity.is_booked else self.slopes(state).of(state.rate)

    def is_free(self, target: Symbol, state: State) -> bool:
        """Whether a quantity does not depend on a state, itself or through others."""
        return self.slopes(state).of(target) == FREE

    def slopes(self, state: State) -> Slopes:
        definitions = {equation.target: equation.value for equation in self.equations}
        return Slopes(state.symbol, definitions, {}, frozenset((*self.parameters, self.dt)))

    def at(self, states: Mapping[Symbol, Expr], offset: Fraction, stage: str) -> tuple[Assignment, ...]:
        """All equations once more, for other values of the states, `offset` of a step later.

        Their targets are named `x@stage`; `staged` gives the name. Inputs are read as `sample(input, offset)`.
        """
        replaced: dict[Symbol, Expr] = dict(states)
        replaced |= {each: sample(each, offset) for each in self.inputs}
        if offset:
            replaced[self.time] = later(self.time, self.dt, offset)
        result = []
        for equation in self.equations:
            value = substitute(equation.value, replaced)
            target = staged(equation.target, stage)
            replaced[equation.target] = target
            result.append(Assignment(target, value))
        return tuple(result)


def staged(target: Symbol, stage: str) -> Symbol:
    return symbol(f"{target.name}@{stage}")


def sample(target: Symbol, offset: Fraction) -> Symbol:
    """The symbol of an input's value at a fraction of the step; at its start, the input itself."""
    return target if offset == 0 else symbol(f"{target.name}@{offset}")


def later(time: Symbol, dt: Symbol, offset: Fraction) -> Expr:
    return add(time, multiply(from_exact(offset), dt))
