"""The step of Markov schemes and reactions in the exponential schemes: linearly implicit Euler of a whole network.

An exponential step of each state alone would lose some of what moves between them. Here the new values x + d follow
from (I - dt J) d = dt f, where f is the full rate, and J the slope of what the network moves, at the start of the step.
Order 1 whatever J is, and stable at any dt. A sum of states w that the network keeps, w J = 0, changes by dt w f: by
what else moves. In a Markov scheme no occupancy turns negative: the inverse of I - dt J is a matrix of probabilities.

The solution is written out as an elimination without pivots: by its columns, I - dt J of a Markov scheme is
diagonally dominant. What has few neighbours goes first, so that few entries are added.
Source: Hairer & Wanner, Solving Ordinary Differential Equations II, IV.7 (Rosenbrock methods, one stage).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Expr, Integer, S, Symbol

from iondsl.algebra import add, multiply, negate, power, product
from iondsl.elimination import Elimination, Entry
from iondsl.flow import Flow
from iondsl.model import Network, Way
from iondsl.step import Assignment


@dataclass(frozen=True, slots=True)
class Implicit:
    """Assignments, and the new values of the states that networks move."""

    body: tuple[Assignment, ...]
    new: Mapping[Symbol, Expr]


def implicit_step(flow: Flow) -> Implicit:
    """The step of all networks. What a protocol holds is not among its unknowns."""
    body: list[Assignment] = []
    new: dict[Symbol, Expr] = {}
    for number, networks in enumerate(together(flow)):
        unknowns = unknowns_of(networks, flow)
        solver = Elimination(f"network~{number}", matrix(networks, unknowns, flow.dt), right_side(networks, flow))
        changes = solver.solved(unknowns)
        body += solver.body
        new |= {each: add(each, change) for each, change in changes.items()}
    return Implicit(tuple(body), new)


def together(flow: Flow) -> list[list[Network]]:
    """The networks, those that share an unknown in one list: they are solved as one."""
    groups: list[list[Network]] = []
    for network in flow.networks:
        own = unknowns_of([network], flow)
        if own:
            joined = [group for group in groups if set(own).intersection(unknowns_of(group, flow))]
            groups = [group for group in groups if group not in joined]
            groups.append([*(each for group in joined for each in group), network])
    return groups


def unknowns_of(networks: list[Network], flow: Flow) -> tuple[Symbol, ...]:
    """The states that networks move, and what is eliminated: it follows them."""
    moving = {state.symbol for state in flow.states}
    moving |= {network.eliminated for network in networks if network.eliminated is not None}
    return tuple(dict.fromkeys(each for network in networks for each in network.species if each in moving))


def right_side(networks: list[Network], flow: Flow) -> dict[Symbol, Expr]:
    """dt f of every unknown; what is eliminated changes by minus what the others of its scheme do."""
    rates: dict[Symbol, Expr] = {state.symbol: state.rate for state in flow.states}
    for network in networks:
        if network.eliminated is not None:
            others = [rates[each] for each in network.species if each in rates and each != network.eliminated]
            rates[network.eliminated] = negate(total(others)) if others else S.Zero
    return {each: multiply(flow.dt, rates[each]) for each in unknowns_of(networks, flow)}


def matrix(networks: list[Network], unknowns: tuple[Symbol, ...], dt: Symbol) -> dict[Entry, Expr]:
    """I - dt J by row and column, without its zeros."""
    terms: dict[Entry, list[Expr]] = {(each, each): [S.One] for each in unknowns}
    for way in (way for network in networks for way in network.ways):
        for column in (each.state for each in way.reactants if each.state in unknowns):
            slope = multiply(dt, slope_of(way, column))
            for row, change in way.changes:
                if row in unknowns and change != 0:
                    terms.setdefault((row, column), []).append(negate(scaled(change, slope)))
    return {entry: total(found) for entry, found in terms.items()}


def slope_of(way: Way, variable: Symbol) -> Expr:
    """The derivative of how often a way is taken in one of its reactants."""
    factors: list[Expr] = [way.rate]
    for each in way.reactants:
        if each.state == variable:
            factors += [Integer(each.count), raised(each.value, each.count - 1)] if each.count > 1 else []
            factors += [each.slope] if each.slope != 1 else []
        else:
            factors.append(raised(each.value, each.count))
    return product(factors)


def raised(base: Expr, exponent: int) -> Expr:
    return base if exponent == 1 else power(base, Integer(exponent))


def scaled(change: Expr, slope: Expr) -> Expr:
    if change in (1, -1):
        return slope if change == 1 else negate(slope)
    return multiply(change, slope)


def total(terms: list[Expr]) -> Expr:
    first, *rest = terms
    for term in rest:
        first = add(first, term)
    return first
