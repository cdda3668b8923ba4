"""W311, E322: a loop of a Markov scheme round which the rates do not balance.

Round a loop that no energy drives, the product of the rates one way is that of the rates the other way (microscopic
reversibility). Whether it is, is decided on numbers, at a few potentials: a product that differs there differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import exp, log

from iondsl.checks.numbers import Known, at, values
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.system import Network, System, Transition

# No round numbers, at which rates have their 0/0.
POTENTIALS = (-83.71, -37.93, 23.57)
# Rounding of the rates and their logarithms stays far below this, and published digits far above.
TOLERANCE = 1e-9
LARGEST = 700

# A transition as it is passed: the rate along it, and the rate back.
Passage = tuple[str, str]


@frozen
class Loop:
    """A closed way: the line that closes it, the states along it, and the rates there and back."""

    line: Transition
    states: tuple[str, ...]
    passages: tuple[Passage, ...]


def check(system: System) -> Iterator[Diagnostic]:
    loops = [loop for each in system.networks if each.keyword == "markov" for loop in loops_of(each)]
    rates = [rate for loop in loops for passage in loop.passages for rate in passage]
    tables = [values(system, rates, at(potential, system)) for potential in POTENTIALS] if loops else []
    for loop in loops:
        found = [imbalance(loop, known) for known in tables]
        excess = next((each for each in found if each is not None and abs(each) > TOLERANCE), None)
        if excess is not None:
            yield unbalanced(loop, excess)


def loops_of(network: Network) -> Iterator[Loop]:
    """One loop for each line that joins states which others have joined: if these balance, all loops do.

    Lines with `balance` come last, so that they close loops and others do not.
    """
    ways: dict[str, dict[str, Passage]] = {state: {} for state in network.species}
    for line in sorted(network.transitions, key=lambda each: each.balanced):
        if line.backward is None:
            continue
        start, end = line.left[0].quantity, line.right[0].quantity
        back = path(end, start, ways)
        if back is None:
            ways[start][end] = (line.forward, line.backward)
            ways[end][start] = (line.backward, line.forward)
        else:
            along = [ways[one][other] for one, other in pairwise(back)]
            yield Loop(line, (start, *back), ((line.forward, line.backward), *along))


def path(start: str, end: str, ways: dict[str, dict[str, Passage]]) -> tuple[str, ...] | None:
    """The way between two states of a tree."""
    paths: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = [start]
    for state in waiting:
        new = [each for each in ways[state] if each not in paths]
        paths |= {each: (*paths[state], each) for each in new}
        waiting += new
    return paths.get(end)


def imbalance(loop: Loop, known: Known) -> float | None:
    """The logarithm of the product one way over that the other way; None where it is not known."""
    pairs = [(known.get(there, 0.0), known.get(back, 0.0)) for there, back in loop.passages]
    if any(rate <= 0 for pair in pairs for rate in pair):
        return None
    return sum(log(there) - log(back) for there, back in pairs)


def unbalanced(loop: Loop, excess: float) -> Diagnostic:
    shown = " -> ".join(f"`{state.rpartition('.')[2]}`" for state in loop.states)
    ratio = f"{exp(min(abs(excess), LARGEST)):.6g}"
    if loop.line.balanced:
        message = f"this line closes several loops, of which {shown} cannot balance: it is off by a factor of {ratio}"
        return Diagnostic("E322", message, loop.line.span, "write this rate, or let the loops without it balance first")
    message = f"the rates round {shown} do not balance: both ways differ {ratio}-fold"
    cure = "write `balance` in the place of one of them, unless energy drives the loop"
    return Diagnostic("W311", message, loop.line.span, cure)
