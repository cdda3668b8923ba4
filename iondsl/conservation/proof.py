"""From a law to its proof, or to what its derivative leaves over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum

from iondsl.conservation.derivative import DerivativeError, derivative
from iondsl.conservation.factors import settled
from iondsl.conservation.facts import Facts, defining, facts
from iondsl.conservation.missing import names_of
from iondsl.conservation.numbers import is_violated
from iondsl.conservation.powers import is_nothing
from iondsl.conservation.substitution import substituted
from iondsl.conservation.sums import Sum, TooLargeError, number
from iondsl.elaborate.names import names_in
from iondsl.immutable import frozen
from iondsl.system import Quantity, System

NOTHING = number(0)


class Verdict(Enum):
    """What came of a law."""

    PROVEN = "proven"
    VIOLATED = "violated"
    UNDECIDED = "undecided"
    WITHOUT_RATE = "without a known derivative"
    CONSTANT = "of no state"


@frozen
class Proof:
    """`residual` is the derivative less the stated flux. `how` says how it was found to be 0, and is empty where it was
    not; `culprit` is what has no derivative."""

    law: Quantity
    verdict: Verdict
    residual: Sum = NOTHING
    how: str = ""
    culprit: str = ""


def proofs(system: System) -> Iterator[Proof]:
    """One for every law of a System without errors. What is proven may be used by the laws behind it."""
    if not system.conserved:
        return
    known = facts(system)
    for law in system.laws:
        found = proof(law, known)
        if found.verdict is Verdict.PROVEN:
            known.rates[law.name] = stated_flux(law, known)
        yield found


def stated_flux(law: Quantity, known: Facts) -> Sum:
    return NOTHING if law.rate is None else known.normal(law.rate.expanded)


def proof(law: Quantity, known: Facts) -> Proof:
    assert law.value is not None
    try:
        value = known.normal(law.value.expanded)
        if not known.depends_on_states(value):
            return Proof(law, Verdict.CONSTANT)
        left = derivative(value, known.rate) - stated_flux(law, known)
    except DerivativeError as error:
        return Proof(law, Verdict.WITHOUT_RATE, culprit=error.what)
    except (TooLargeError, ZeroDivisionError):
        return Proof(law, Verdict.UNDECIDED)
    return decided(law, left, known)


def decided(law: Quantity, left: Sum, known: Facts) -> Proof:
    """Definitions are put in until nothing is left: of what is booked, of rapid buffers, sizes, constants, all.

    Whether numbers refuse it is asked before currents are written out.
    """
    booked = attempt(lambda: reduced(left, known, is_booking), left)
    if not booked:
        what = "booked flows" if is_booked(law, known) else "rates"
        return Proof(law, Verdict.PROVEN, how=f"{what} cancel" if law.rate is None else f"{what} leave the stated flux")
    freed = attempt(lambda: reduced(settled(reduced(left, known, is_buffer)), known, is_booking), booked)
    sized = attempt(lambda: reduced(freed, known, is_given), freed)
    if not sized:
        return Proof(law, Verdict.PROVEN, how="follows from the definitions")
    shown = min(booked, freed, sized, key=lambda each: len(each.terms))
    if is_violated(shown, known):
        return Proof(law, Verdict.VIOLATED, shown)
    rest = attempt(lambda: reduced(sized, known, is_any, at_once=True), sized)
    if not rest:
        return Proof(law, Verdict.PROVEN, how="follows from the definitions")
    from iondsl.conservation.identities import vanishes  # late: SymPy takes longer to load than all else

    if vanishes(rest):
        return Proof(law, Verdict.PROVEN, how="follows from the definitions, by SymPy")
    return Proof(law, Verdict.UNDECIDED, shown)


def attempt(step: Callable[[], Sum], otherwise: Sum) -> Sum:
    """What a step comes to, or the sum with which it began where it is given up."""
    try:
        return step()
    except (TooLargeError, ZeroDivisionError):
        return otherwise


def is_booked(law: Quantity, known: Facts) -> bool:
    """Whether a pool stands in it, or in another law of which it makes use."""
    used, waiting = set[str](), [law]
    while waiting:
        value = waiting.pop().value
        new = set() if value is None else names_in(value.expanded) - used
        used |= new
        waiting += [known.quantities[each] for each in new if each in known.system.conserved]
    return any(not used.isdisjoint(names_of(pool)) for pool in known.system.pools)


def reduced(left: Sum, known: Facts, opens: Callable[[str, Facts], bool], at_once: bool = False) -> Sum:
    """The sum with definitions put in, one by one, those first that are used by no other.

    Whether it is 0 is looked at in the end, or before each step where they may become large (`at_once`).
    """
    while left:
        defined = [text for text in left.names() if defining(text, known.quantities) and opens(text, known)]
        if (at_once or not defined) and is_nothing(left):
            return NOTHING
        if not defined:
            return left
        last = max(defined, key=lambda text: known.ranks[text])
        meaning = known.definition(last)
        assert meaning is not None
        left = substituted(left, last, meaning)
    return NOTHING


def is_booking(text: str, known: Facts) -> bool:
    """Derivatives, but those of sizes; what is booked on a pool; a current that is the sum of its shares; a law."""
    is_rate = text.endswith("'") and text.removesuffix("'") not in known.sizes
    return is_rate or text.endswith(".influx") or text in known.shared or text in known.system.conserved


def is_buffer(text: str, known: Facts) -> bool:
    """Derivatives and laws, and what follows from concentrations alone, but for flows: the factors of rapid buffers."""
    is_factor = text in known.moving and text not in known.distant and text not in known.flows
    return not text.endswith(".influx") and (is_factor or is_booking(text, known))


def is_any(text: str, known: Facts) -> bool:
    return True


def is_given(text: str, known: Facts) -> bool:
    """The above, sizes and their derivatives, concentrations, and all that is constant."""
    bare = text.removesuffix("'")
    return bare in known.sizes or bare in known.concentrations or text not in known.moving or is_booking(text, known)
