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
        pools = [pool for pool in known.system.pools if any(each.flow == flow for each in pool.booked)]
        inside = [pool for pool in pools if not counted.isdisjoint(names_of(pool))]
        if "V" in counted and (inside or is_current(flow, known)):
            groups.setdefault(of_charge(inside, is_current(flow, known)), []).append(flow)
        elif inside:
            outside = [pool for pool in pools if pool not in inside and is_state(pool, known)]
            outside = [pool for pool in outside if any(pool.ion == each.ion for each in inside)]
            groups.setdefault(where(inside, outside, flow), []).append(flow)
    return "; ".join(f"{listed(flows)} {'is' if len(flows) == 1 else 'are'} {place}" for place, flows in groups.items())


def names_of(pool: Pool) -> tuple[str, str]:
    """The concentration, and the amount where a volume moves."""
    return f"{pool.ion}.{pool.space}", f"{pool.ion}.{pool.space}.amount"


def is_state(pool: Pool, known: Facts) -> bool:
    found = known.quantities.get(names_of(pool)[0])
    return found is not None and (found.rate is not None or found.store is not None)


def is_current(flow: str, known: Facts) -> bool:
    """Whether it enters V, as a current, a share of one, or a stimulus."""
    currents = {current.name for current in known.system.currents}
    return flow.split(".I.")[0] in currents or known.quantities[flow].kind is Kind.STIMULUS


def of_charge(inside: list[Pool], enters: bool) -> str:
    """Of a sum with V in it."""
    if not inside:
        return "in V, and booked on nothing else in the sum"
    here = listed(names_of(pool)[0] for pool in inside)
    return f"in V and booked on {here}, whose factors do not fit" if enters else f"booked on {here}, but not in V"


def where(inside: list[Pool], outside: list[Pool], flow: str) -> str:
    """On which pools of the sum a flow is booked, and on which of the others."""
    here = listed(names_of(pool)[0] for pool in inside)
    if outside:
        return f"booked on {here}, and on {listed(names_of(pool)[0] for pool in outside)}, which the sum leaves out"
    particles = [each.particles for pool in inside for each in pool.booked if each.flow == flow]
    if len(inside) > 1 and sum(particles, Fraction(0)) == 0:
        return f"booked on {here}, whose factors in the sum do not fit"
    return f"booked on {here} and on nothing else in the sum"


def listed(names: Iterable[str]) -> str:
    """`a`, `b` and `c`; of many, the first."""
    shown = [f"`{each}`" for each in names]
    if len(shown) > MOST_NAMED:
        shown = [*shown[: MOST_NAMED - 1], f"{len(shown) - MOST_NAMED + 1} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
