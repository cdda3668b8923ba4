"""The linearly implicit step of networks: against the linear algebra that it writes out, and against what it keeps."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from sympy import Expr, Integer, Symbol

from iondsl.algebra import symbol
from iondsl.flow import Flow
from iondsl.model import Network, Reactant, State, Way
from iondsl.schemes._implicit import implicit_step

Array = npt.NDArray[np.float64]

X, Y, Z, U = (symbol(name) for name in "xyzu")
DT = symbol("dt~")
VALUES: dict[Symbol, float] = {X: 0.7, Y: 0.2, Z: 1.3, U: 2.5, DT: 0.4}


def state(of: Symbol) -> State:
    return State(of, of, rate(of), None, None)  # type: ignore[arg-type]


def rate(of: Symbol) -> Symbol:
    return symbol(f"{of.name}'")


def way(number: float, taken: dict[Symbol, int], given: dict[Symbol, int]) -> Way:
    """One that happens `number` times what it takes, to the powers."""
    constant = symbol(f"k{len(VALUES)}")
    VALUES[constant] = number
    changes = {each: Integer(given.get(each, 0) - taken.get(each, 0)) for each in {**taken, **given}}
    reactants = tuple(Reactant(each, count, each) for each, count in taken.items())
    return Way(constant, reactants, tuple(changes.items()))


def number(value: Expr, known: dict[Symbol, float]) -> float:
    return float(value.subs(known))


def flux(each: Way, at: dict[Symbol, float]) -> float:
    return at[each.rate] * float(np.prod([at[one.state] ** one.count for one in each.reactants]))


def rates(unknowns: tuple[Symbol, ...], ways: tuple[Way, ...], at: dict[Symbol, float]) -> Array:
    return np.array([sum(flux(each, at) * float(dict(each.changes).get(row, 0)) for each in ways) for row in unknowns])


def jacobian(unknowns: tuple[Symbol, ...], ways: tuple[Way, ...]) -> Array:
    """By central differences, which are exact for polynomials of order 2."""
    columns = []
    for column in unknowns:
        ends = [rates(unknowns, ways, VALUES | {column: VALUES[column] + step}) for step in (0.125, -0.125)]
        columns.append((ends[0] - ends[1]) / 0.25)
    return np.array(columns).T


def step(unknowns: tuple[Symbol, ...], networks: tuple[Network, ...], other: float = 0.0) -> dict[Symbol, float]:
    """The new values; `other` is a rate of the first state that is no part of the network."""
    flow = Flow(symbol("t"), DT, tuple(map(state, unknowns)), (), (), networks)
    ways = tuple(way for network in networks for way in network.ways)
    derivatives = rates(unknowns, ways, VALUES) + np.eye(len(unknowns))[0] * other
    known = VALUES | dict(zip(map(rate, unknowns), map(float, derivatives), strict=True))
    found = implicit_step(flow)
    for assignment in found.body:
        known[assignment.target] = number(assignment.value, known)
    return {each: number(value, known) for each, value in found.new.items()}


REACTION = Network("r", (X, Y, Z), (way(3.0, {X: 1, Y: 1}, {Z: 1}), way(0.5, {Z: 1}, {X: 1, Y: 1})))
DIMER = Network("d", (X, Z), (way(1.5, {X: 2}, {Z: 1}), way(0.25, {Z: 1}, {X: 2})))
SCHEME = Network("s", (X, Y, Z), (way(3.0, {X: 1}, {Y: 1}), way(0.5, {Y: 1}, {Z: 1}), way(2.0, {Z: 1}, {X: 1})))
CATALYST = Network("c", (X, Y), (way(2.0, {X: 1, U: 1}, {Y: 1, U: 1}), way(0.1, {}, {X: 1}), way(1.0, {Y: 1}, {})))


@pytest.mark.parametrize("networks", [(REACTION,), (DIMER,), (SCHEME,), (CATALYST,), (REACTION, DIMER)])
@pytest.mark.parametrize("other", [0.0, -0.3])
def test_solves_the_equations(networks: tuple[Network, ...], other: float) -> None:
    """(I - dt J) d = dt f, for two networks that share a species as one."""
    unknowns = tuple(dict.fromkeys(each for network in networks for each in network.species))
    ways = tuple(way for network in networks for way in network.ways)
    f = rates(unknowns, ways, VALUES) + np.eye(len(unknowns))[0] * other
    matrix = np.eye(len(unknowns)) - VALUES[DT] * jacobian(unknowns, ways)
    expected = [VALUES[each] for each in unknowns] + np.linalg.solve(matrix, VALUES[DT] * f)
    found = step(unknowns, networks, other)
    assert [found[each] for each in unknowns] == pytest.approx(expected, rel=1e-13)


def test_what_is_held_is_no_unknown() -> None:
    found = step((X, Z), (REACTION,))
    assert list(found) == [X, Z]


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e6])
def test_keeps_what_a_reaction_keeps(size: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """X + Z and Y + Z, at any dt."""
    monkeypatch.setitem(VALUES, DT, size)
    found = step((X, Y, Z), (REACTION,))
    assert found[X] + found[Z] == pytest.approx(VALUES[X] + VALUES[Z], rel=1e-9 * max(size, 1))
    assert found[Y] + found[Z] == pytest.approx(VALUES[Y] + VALUES[Z], rel=1e-9 * max(size, 1))
    assert min(found.values()) > 0


def test_few_entries_are_added() -> None:
    """A chain of states is solved from its ends, with no more than four operations a state."""
    chain = tuple(symbol(f"s{place}") for place in range(12))
    ways = [way(1.0, {one: 1}, {other: 1}) for one, other in pairwise(chain)]
    ways += [way(2.0, {other: 1}, {one: 1}) for one, other in pairwise(chain)]
    flow = Flow(symbol("t"), DT, tuple(map(state, chain)), (), (), (Network("n", chain, tuple(ways)),))
    assert len(implicit_step(flow).body) <= 5 * len(chain)


def test_nothing_to_do() -> None:
    assert implicit_step(Flow(symbol("t"), DT, (), (), ())).body == ()
