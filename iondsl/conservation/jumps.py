"""What an event does to a law: the sum behind its moment less that before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iondsl.conservation.facts import Facts, defining, facts
from iondsl.conservation.powers import is_nothing
from iondsl.conservation.proof import is_any, reduced
from iondsl.conservation.substitution import substituted
from iondsl.conservation.sums import Sum, TooLargeError, name
from iondsl.elaborate.names import names_in
from iondsl.immutable import frozen
from iondsl.system import Event, Quantity, System


@frozen
class Jump:
    """A law that an event does not keep."""

    law: Quantity
    event: Event


def jumps(system: System) -> Iterator[Jump]:
    """Every law with every event that sets what it is about; nothing of those that cannot be decided."""
    if not (system.conserved and system.events):
        return
    known = facts(system)
    for law in system.laws:
        yield from (Jump(law, event) for event in system.events if not keeps(event, law, known))


def keeps(event: Event, law: Quantity, known: Facts) -> bool:
    """Whether the law is the same behind an event; True also where that cannot be told."""
    try:
        return is_nothing(reduced(change_by(event, law, known), known, is_any, at_once=True))
    except (TooLargeError, ZeroDivisionError):
        return True


def change_by(event: Event, law: Quantity, known: Facts) -> Sum:
    """All that is set is set at once: new values see what was before."""
    assert law.value is not None
    new = after(event, known)
    before = opened(known.normal(law.value.expanded), new, known)
    found = before
    for each in new:
        found = substituted(found, each, name(behind(each)))
    for each, value in new.items():
        found = substituted(found, behind(each), value)
    return found - before


def behind(text: str) -> str:
    """A name that no user can write."""
    return f"{text}+"


def after(event: Event, known: Facts) -> dict[str, Sum]:
    """The value of all that is set; where a volume moves, that of the amount."""
    new = {setting.target: known.normal(setting.formula.expanded) for setting in event.settings}
    for state in known.system.states:
        if state.store is not None and not {state.name, state.store.size}.isdisjoint(new):
            sizes = new.get(state.store.size, name(state.store.size))
            new[state.store.amount] = new.get(state.name, known.meanings[state.name]) * sizes
    return {each: value for each, value in new.items() if each not in known.meanings}


def opened(value: Sum, new: Iterable[str], known: Facts) -> Sum:
    """The sum with all definitions put in that follow from what is set."""
    touched = following(new, known)
    while True:
        found = [text for text in value.names() if text in touched and defining(text, known.quantities)]
        if not found:
            return value
        last = max(found, key=lambda text: known.ranks[text])
        meaning = known.definition(last)
        assert meaning is not None
        value = substituted(value, last, meaning)


def following(new: Iterable[str], known: Facts) -> set[str]:
    """The names that follow from those that are set."""
    found = set(new)
    for text in known.ranks:
        side = defining(text, known.quantities)
        if side is not None and not found.isdisjoint(names_in(side)):
            found.add(text)
    return found
