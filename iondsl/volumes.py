"""Moving volumes in a step: a scheme integrates amounts, and concentrations and derived sizes follow from them.

Users see concentrations and sizes. A step begins with the amounts in what they see, concentration times size, and
ends with the same at the new states, the other way round. So a volume may even jump between two steps, with an input
or a parameter: what it holds stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from sympy import Expr, Symbol

from iondsl.algebra import divide, multiply, quotient, symbol, symbols_in
from iondsl.checks.graph import circles, shown
from iondsl.errors import UsageError
from iondsl.flow import Flow, staged
from iondsl.model import Model, Network, Pool, Reactant, State, Way
from iondsl.order import dependency_order
from iondsl.step import Assignment

# The stage of a step, after those of its scheme, at which concentrations and sizes are read off.
END = "end"


def clamped(model: Model, held: frozenset[str]) -> Model:
    """The model with clamped concentrations: the amount of one is not integrated, it follows from the concentration.

    Raises UsageError for a moving size that is held, and where a size follows from a clamped amount in it.
    """
    moving = {pool.size.name for pool in model.pools} | {size.symbol.name for size in model.sizes}
    for name in sorted(moving & held):
        raise UsageError(f"`{name}` cannot be clamped: it moves, and what is in it is integrated as amounts")
    free = replace(model, pools=tuple(pool for pool in model.pools if pool.concentration.name not in held))
    graph = {each.target.name: tuple(used.name for used in symbols_in(each.value)) for each in known(free)}
    for circle in circles(graph) if free.pools != model.pools else ():
        pool = next(pool for pool in model.pools if pool.amount.symbol.name in circle)
        reason = f"`{pool.size.name}` would then be defined by itself, {shown(circle)}"
        raise UsageError(f"`{pool.concentration.name}` cannot be clamped: {reason}")
    return free


def read_off(model: Model) -> frozenset[Symbol]:
    """The states that are not integrated: concentrations in moving volumes, and sizes with an equation."""
    return frozenset((*(pool.concentration for pool in model.pools), *(size.symbol for size in model.sizes)))


def row(model: Model, held: frozenset[str], state: Symbol) -> Symbol:
    """The symbol of a state's row, where the state's own is that of an input or computed in each step."""
    if state.name in held:
        return symbol(f"held~{state.name}")
    return symbol(f"row~{state.name}") if state in read_off(model) else state


def integrated(model: Model, held: frozenset[str]) -> tuple[State, ...]:
    """What a scheme advances."""
    apart = read_off(model)
    free = tuple(state for state in model.states if state.symbol.name not in held)
    return (*(state for state in free if state.symbol not in apart), *(pool.amount for pool in model.pools))


def restated(model: Model) -> tuple[Assignment, ...]:
    """The equations of a step, in the order in which they can be computed."""
    return dependency_order(known(model), lambda each: each.target, lambda each: each.value)


def known(model: Model) -> tuple[Assignment, ...]:
    """The equations while amounts are integrated: these are states then, concentrations and sizes are computed."""
    amounts = {pool.amount.symbol for pool in model.pools}
    sizes = (Assignment(size.symbol, size.expr) for size in model.sizes)
    concentrations = (Assignment(pool.concentration, divide(pool.amount.symbol, pool.size)) for pool in model.pools)
    others = (Assignment(each.symbol, each.expr) for each in model.equations if each.symbol not in amounts)
    return (*sizes, *concentrations, *others)


def in_amounts(model: Model) -> tuple[Network, ...]:
    """The networks by what a scheme integrates: amounts, where volumes move."""
    pools = {pool.concentration: pool for pool in model.pools}
    amounts = {each: pool.amount.symbol for each, pool in pools.items()}
    return tuple(
        replace(
            network,
            species=tuple(amounts.get(each, each) for each in network.species),
            ways=tuple(way_in_amounts(way, pools) for way in network.ways),
        )
        for network in model.networks
    )


def way_in_amounts(way: Way, pools: Mapping[Symbol, Pool]) -> Way:
    def taken(reactant: Reactant) -> Reactant:
        pool = pools.get(reactant.state)
        if pool is None:
            return reactant
        return replace(reactant, state=pool.amount.symbol, slope=divide(reactant.slope, pool.size))

    def moved(species: Symbol, change: Expr) -> tuple[Symbol, Expr]:
        pool = pools.get(species)
        return (species, change) if pool is None else (pool.amount.symbol, multiply(change, pool.size))

    changes = tuple(moved(*each) for each in way.changes)
    return replace(way, reactants=tuple(map(taken, way.reactants)), changes=changes)


def begun(model: Model, held: frozenset[str]) -> tuple[Assignment, ...]:
    """The amounts at the start of a step."""
    contents = (multiply(row(model, held, pool.concentration), row(model, held, pool.size)) for pool in model.pools)
    return tuple(Assignment(pool.amount.symbol, each) for pool, each in zip(model.pools, contents, strict=True))


def ended(model: Model, flow: Flow, new: Mapping[Symbol, Expr]) -> tuple[Assignment, ...]:
    """The new states by the names that they have at the end of a step, and all equations for them.

    The next step takes the amount out of the concentration again. If 1/size were rounded first, that would be off by
    the same in each step; a single quotient errs to both sides.
    """
    names = {each: staged(each, END) for each in new}
    states = (Assignment(names[each], value) for each, value in new.items())
    parts = ((pool.concentration, pool.amount.symbol, pool.size) for pool in model.pools)
    of_pools = ((staged(each, END) for each in part) for part in parts)
    exact = {concentration: quotient(amount, size) for concentration, amount, size in of_pools}
    equations = flow.at(names, Fraction(1), END)
    return (*states, *(Assignment(each.target, exact.get(each.target, each.value)) for each in equations))
