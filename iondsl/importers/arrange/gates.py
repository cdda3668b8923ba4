"""States that are gates: `x' = (inf - x)/tau`, `x' = alpha (1 - x) - beta x`, each with a factor or without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field

from iondsl.immutable import frozen
from iondsl.importers.arrange.algebra import Product, number, product, reads, terms
from iondsl.importers.foreign import Foreign, Path, Variable
from iondsl.syntax import Binary, Expression, Name, Number
from iondsl.units import ONE

# Those of a gate, in the order in which they are read.
MEMBERS = ("inf", "tau", "alpha", "beta", "phi")


@frozen
class Gate:
    """A gate's members as expressions of the source, and the variables that become one of them, by its name."""

    state: Path
    members: Mapping[str, Expression]
    moved: Mapping[Path, str] = field(default_factory=dict)


def find(foreign: Foreign, potential: Path | None) -> dict[Path, Gate]:
    """The gates among the states, but for the membrane potential."""
    known = {each.path: each for each in foreign.variables}
    found = {
        state.path: members
        for state in foreign.variables
        if state.is_state and state.value is not None and state.path != potential and is_pure(state)
        if (members := relaxing(state.value, state.path) or reacting(state.value, state.path)) is not None
    }
    sought = Counter(path for members in found.values() for _, path in taken(members))
    return {
        state: Gate(state, members, moved(members, known, known[state], sought)) for state, members in found.items()
    }


def is_pure(state: Variable) -> bool:
    """Whether it is a pure number, as a gate is: a flux may follow `inf` and `tau`, too."""
    return state.unit is None or state.unit.unit == ONE


def moved(
    members: Mapping[str, Expression], known: Mapping[Path, Variable], state: Variable, sought: Counter[Path]
) -> dict[Path, str]:
    """The variables that become a member of the gate, by its name."""
    return {path: member for member, path in taken(members) if movable(known.get(path), state, sought)}


def relaxing(rate: Expression, state: Path) -> dict[str, Expression] | None:
    """`inf`, `tau`: a product that holds `inf - x`, or `x - inf` with a minus."""
    whole = product(rate)
    for factor in whole.numerators:
        target = distance(factor, state)
        if target is None:
            continue
        inf, sign = target
        rest = whole.without(factor)
        rest = Product(rest.sign * sign, rest.numerators, rest.denominators)
        if rest.sign < 0 or any(reads(each, state) for each in (*rest.numerators, *rest.denominators)):
            return None
        tau = rest.inverse.expression(rate.span)
        return None if tau is None else {"inf": inf, "tau": tau}
    return None


def distance(factor: Expression, state: Path) -> tuple[Expression, int] | None:
    """What a difference leads to, and 1 for `inf - x`, -1 for `x - inf`."""
    match factor:
        case Binary(operator="-", left=inf, right=Name(path=path)) if path == state and not reads(inf, state):
            return inf, 1
        case Binary(operator="-", left=Name(path=path), right=inf) if path == state and not reads(inf, state):
            return inf, -1
    return None


def reacting(rate: Expression, state: Path) -> dict[str, Expression] | None:
    """`alpha`, `beta` and, where a factor multiplies both, `phi`."""
    whole = product(rate)
    opened = [each for each in whole.numerators if isinstance(each, Binary) and each.operator in "+-"]
    if len(opened) == 1 and whole.sign > 0 and not any(reads(each, state) for each in whole.denominators):
        around = whole.without(opened[0])
        if any(reads(each, state) for each in around.numerators):
            return None
        rates = two_rates(opened[0], state)
        phi = around.expression(rate.span)
        return rates if rates is None or phi is None else {**rates, "phi": phi}
    return None


def two_rates(node: Expression, state: Path) -> dict[str, Expression] | None:
    """`alpha (1 - x) - beta x`, in any order."""
    found: dict[str, Expression] = {}
    for sign, term in terms(node):
        factors = product(term)
        for each in factors.numerators:
            member = "alpha" if is_closed(each, state) else "beta" if is_name(each, state) else ""
            if member:
                break
        else:
            return None
        expected = 1 if member == "alpha" else -1
        rest = factors.without(each)
        others = (*rest.numerators, *rest.denominators)
        if member in found or sign * factors.sign != expected or any(reads(other, state) for other in others):
            return None
        positive = Product(1, rest.numerators, rest.denominators)
        found[member] = positive.expression(node.span) or number("1", node.span)
    return found if len(found) == 2 else None


def is_name(node: Expression, state: Path) -> bool:
    return isinstance(node, Name) and node.path == state


def is_closed(node: Expression, state: Path) -> bool:
    """`1 - x`."""
    match node:
        case Binary(operator="-", left=Number(text=text), right=right):
            return float(text) == 1 and is_name(right, state)
    return False


def taken(members: Mapping[str, Expression]) -> Iterator[tuple[str, Path]]:
    """The members that are variables of their own, each variable once."""
    seen = set()
    for member, value in members.items():
        if isinstance(value, Name) and value.path not in seen:
            seen.add(value.path)
            yield member, value.path


def movable(variable: Variable | None, state: Variable, sought: Counter[Path]) -> bool:
    """Whether a variable is of this gate alone: nested in it, or derived in its component, and in no other gate."""
    return (
        variable is not None
        and not variable.is_state
        and not variable.binding
        and variable.value is not None
        and (is_inside(variable.path, state.path) or not isinstance(variable.value, Number))
        and variable.path[0] == state.path[0]
        and sought[variable.path] == 1
    )


def is_inside(path: Path, around: Path) -> bool:
    """Whether a variable is nested in another."""
    return len(path) > len(around) and path[: len(around)] == around
