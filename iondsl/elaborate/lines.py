"""What may be wrong with the lines of a Markov scheme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from iondsl.elaborate.balance import is_balance
from iondsl.errors import Diagnostic, suggestion
from iondsl.source import Span
from iondsl.syntax import Transition

MAX_STATES = 200
MAX_LINES = 100


def crowd(states: Iterable[Span], lines: Iterable[Transition]) -> Diagnostic | None:
    """E112 for more states, or more lines at one state, than sums are written out for."""
    for span in [*states][MAX_STATES:]:
        return Diagnostic("E112", f"more than {MAX_STATES} states in one Markov scheme", span)
    at_one = Counter[str]()
    for line in lines:
        at_one.update({term.species.text for term in (*line.left, *line.right)})
        crowded = next((state for state, count in at_one.items() if count > MAX_LINES), None)
        if crowded is not None:
            return Diagnostic("E112", f"more than {MAX_LINES} lines lead to or from `{crowded}`", line.span)
    return None


def problem(line: Transition, states: Iterable[str]) -> Diagnostic | None:
    """The first mistake in a line with an arrow: in its states, then in its rates."""
    return sides(line) or unknown(line, states) or itself(line) or number_of_rates(line) or misplaced_balance(line)


def sides(line: Transition) -> Diagnostic | None:
    """E321 for `2 C` and `A + B`."""
    for side in (line.left, line.right):
        if not side:
            cure = "one state stands on each side of the arrow"
            return Diagnostic("E321", "a side of this transition is empty", line.span, cure)
        if len(side) != 1 or side[0].coefficient != 1:
            where = side[0].span.to(side[-1].span)
            cure = "one state stands on each side; what meets or is counted is a `reaction`"
            return Diagnostic("E321", f"`{where.text}` is no state of a Markov scheme", where, cure)
    return None


def unknown(line: Transition, states: Iterable[str]) -> Diagnostic | None:
    """E320 for a state that is not declared."""
    for term in (*line.left, *line.right):
        if term.species.text not in states:
            cure = suggestion(term.species.text, states) or f"declare it: `states ..., {term.species.text}`"
            return Diagnostic("E320", f"`{term.species.text}` is no state of this scheme", term.span, cure)
    return None


def itself(line: Transition) -> Diagnostic | None:
    """E321 for `C <-> C`."""
    state = line.left[0].species.text
    if state != line.right[0].species.text:
        return None
    where = line.left[0].span.to(line.right[0].span)
    return Diagnostic("E321", f"a transition from `{state}` to itself", where, "name the state that it leads to")


def number_of_rates(line: Transition) -> Diagnostic | None:
    """E321: `<->` needs two rates, `->` one."""
    needed, arrow = (2, "<->") if line.reversible else (1, "->")
    if len(line.rates) == needed:
        return None
    where = line.rates[0].span.to(line.rates[-1].span)
    cure = "write the rates forward and backward: `C <-> O : a, b`; or `->` for one way"
    if not line.reversible:
        cure = "write one rate, `C -> O : a`; or `<->` for both ways"
    return Diagnostic("E321", f"{words(len(line.rates))} at `{arrow}`, which needs {words(needed)}", where, cure)


def words(count: int) -> str:
    return "one rate" if count == 1 else f"{count} rates"


def misplaced_balance(line: Transition) -> Diagnostic | None:
    """E322 for `balance` anywhere but behind the rate forward."""
    first = line.rates[0]
    if not is_balance(first):
        return None
    cure = "turn the line around: `I <-> C : rate, balance`"
    if not line.reversible:
        cure = "only a rate back can be chosen: `C <-> I : rate, balance`"
    return Diagnostic("E322", "`balance` stands in the place of the second rate of `<->`", first.span, cure)
