"""Why a law fails, in words: which flows it does not account for."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from iondsl.conservation.facts import Facts
from iondsl.conservation.sums import Sum
from iondsl.elaborate.names import names_in
from iondsl.system import Kind, Pool, Quantity

# Names that are listed one by one.
MOST_NAMED = 4


def explained(residual: Sum, law: Quantity, known: Facts) -> str:
    """`I_leak` is booked on `Na.i` and on nothing else in the sum. Empty where no flow that is booked is left over."""
    assert law.value is not None
    counted, left = names_in(law.value.expanded), residual.names()
    groups: dict[str, list[str]] = {}
    for flow in (name for name in known.quantities if name in left):
        place = where(flow, counted, known)
        if place:
            groups.setdefault(place, []).append(flow)
    return "; ".join(f"{listed(flows)} {'is' if len(flows) == 1 else 'are'} {place}" for place, flows in groups.items())


def where(flow: str, counted: frozenset[str], known: Facts) -> str:
    """On what a flow is booked in the sum, and on what of the same ions that is left out of it."""
    pools = [pool for pool in known.system.pools if any(each.flow == flow for each in pool.booked)]
    inside = [pool for pool in pools if not counted.isdisjoint(names_of(pool))]
    here = [*(pool.quantity for pool in inside), *moved_besides(flow, counted, known)]
    if not counted.isdisjoint(potentials(known)) and (inside or is_current(flow, known)):
        return of_charge(here, is_current(flow, known))
    if not inside:
        return ""
    outside = [pool for pool in pools if pool not in inside and is_state(pool, known)]
    outside = [pool for pool in outside if any(pool.ion == each.ion for each in inside)]
    if outside:
        return f"booked on {listed(here)}, and on {listed(pool.quantity for pool in outside)}, which the sum leaves out"
    particles = [each.particles for pool in inside for each in pool.booked if each.flow == flow]
    if len(here) > len(inside) or (len(inside) > 1 and sum(particles, Fraction(0)) == 0):
        return f"booked on {listed(here)}, whose factors in the sum do not fit"
    return f"booked on {listed(here)} and on nothing else in the sum"


def moved_besides(flow: str, counted: frozenset[str], known: Facts) -> list[str]:
    """States of the sum that are no pools, and that a flow moves: what a reaction binds to."""
    pools = {name for pool in known.system.pools for name in names_of(pool)}
    states = [each for each in known.system.states if each.name in counted - pools - potentials(known)]
    return [each.name for each in states if each.rate is not None and flow in names_in(each.rate.expanded)]


def potentials(known: Facts) -> set[str]:
    """The V of the membrane, or of every compartment."""
    return {each.name for each in known.system.states if each.block.split(".")[-1] == "membrane" and is_v(each.name)}


def is_v(name: str) -> bool:
    return name.split(".")[-1] == "V"


def names_of(pool: Pool) -> tuple[str, str]:
    """The concentration, and the amount where a volume moves."""
    return pool.quantity, f"{pool.quantity}.amount"


def is_state(pool: Pool, known: Facts) -> bool:
    found = known.quantities.get(pool.quantity)
    return found is not None and (found.rate is not None or found.store is not None)


def is_current(flow: str, known: Facts) -> bool:
    """Whether it enters V, as a current, a share of one, or a stimulus."""
    currents = {current.name for current in known.system.currents}
    return flow.split(".I.")[0] in currents or known.quantities[flow].kind is Kind.STIMULUS


def of_charge(here: list[str], enters: bool) -> str:
    """Of a sum with V in it."""
    if not here:
        return "in V, and booked on nothing else in the sum"
    return f"in V and booked on {listed(here)}, whose factors do not fit" if enters else (
        f"booked on {listed(here)}, but not in V"
    )


def listed(names: Iterable[str]) -> str:
    """`a`, `b` and `c`; of many, the first."""
    shown = [f"`{each}`" for each in names]
    if len(shown) > MOST_NAMED:
        shown = [*shown[: MOST_NAMED - 1], f"{len(shown) - MOST_NAMED + 1} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
