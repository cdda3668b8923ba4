"""The steady state of a Markov scheme, as assignments.

By the algorithm of Grassmann, Taksar & Heyman 1985, Oper. Res. 33:1107-1116, doi:10.1287/opre.33.5.1107: states are
taken out one by one, and what led through one leads past it. Nothing is subtracted, so that every occupancy is as
accurate as the rates, however small it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sympy import Expr, S, Symbol

from iondsl.algebra import add, divide, multiply, symbol
from iondsl.model import Network, steady_name
from iondsl.step import Assignment

# Rates by where they lead from and where to.
Rates = dict[tuple[Symbol, Symbol], Expr]


def steady_state(network: Network) -> Iterator[Assignment]:
    """The value of every species in the steady state, by the name `steady_name`."""
    return iter(Chain(network.name, rates_of(network)).solved(network.species))


def rates_of(network: Network) -> Rates:
    """The rate from each state to each other; lines between the same two states add up."""
    rates: Rates = {}
    for way in network.ways:
        (reactant,) = way.reactants
        start = reactant.state
        (end,) = (each for each, change in way.changes if change == 1)
        rates[start, end] = add(rates[start, end], way.rate) if (start, end) in rates else way.rate
    return rates


def last(species: tuple[Symbol, ...], rates: Mapping[tuple[Symbol, Symbol], Expr]) -> Symbol:
    """A state that all others lead to: the first of those that most states are reached from."""
    return max(species, key=lambda each: len(leading_to(each, rates)))


def leading_to(state: Symbol, rates: Mapping[tuple[Symbol, Symbol], Expr]) -> set[Symbol]:
    found, waiting = {state}, [state]
    while waiting:
        target = waiting.pop()
        new = {start for start, end in rates if end == target} - found
        found |= new
        waiting += new
    return found


@dataclass(slots=True)
class Chain:
    """Solves one scheme. `rates` are those between the states that are left; `body` what was computed so far."""

    name: str
    rates: Rates
    body: list[Assignment] = field(default_factory=list)

    def solved(self, species: tuple[Symbol, ...]) -> list[Assignment]:
        root = last(species, self.rates)
        left = [each for each in species if each != root]
        weights: dict[Symbol, Expr] = {root: S.One}
        entries: list[tuple[Symbol, dict[Symbol, Expr]]] = []
        while left:
            outward, inward = (Counter(ends[side] for ends in self.rates) for side in (0, 1))
            detours = {each: outward[each] * inward[each] for each in left}  # rates past a state, without it
            state = min(left, key=detours.__getitem__)
            left.remove(state)
            entries.append((state, self.take_out(state)))
        for state, into in reversed(entries):
            terms = [multiply(weights[start], rate) for start, rate in into.items() if weights[start] != 0]
            weights[state] = self.named(total(terms)) if terms else S.Zero
        self.body += normalised(species, weights)
        return self.body

    def take_out(self, state: Symbol) -> dict[Symbol, Expr]:
        """Lead the ways through a state past it; the rates into it over the sum of those out of it, by their start."""
        out = {end: rate for (start, end), rate in self.rates.items() if start == state}
        into = {start: rate for (start, end), rate in self.rates.items() if end == state}
        self.rates = {ends: rate for ends, rate in self.rates.items() if state not in ends}
        leaving = self.named(total(list(out.values())))
        shares = {start: self.named(divide(rate, leaving)) for start, rate in into.items()}
        for start, share in shares.items():
            for end, rate in out.items():
                if start != end:
                    detour, known = multiply(share, rate), self.rates.get((start, end))
                    self.rates[start, end] = self.named(detour if known is None else add(known, detour))
        return shares

    def named(self, value: Expr) -> Symbol:
        target = symbol(f"steady~{self.name}~{len(self.body)}")
        self.body.append(Assignment(target, value))
        return target


def total(terms: list[Expr]) -> Expr:
    first, *rest = terms
    for term in rest:
        first = add(first, term)
    return first


def normalised(species: tuple[Symbol, ...], weights: Mapping[Symbol, Expr]) -> Iterator[Assignment]:
    """The weights over their sum."""
    whole = total([weights[each] for each in species if weights[each] != 0])
    for each in species:
        yield Assignment(symbol(steady_name(each.name)), divide(weights[each], whole))
