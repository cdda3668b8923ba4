"""E355, E356: `initial(...)` where nothing is known of a start: a parameter, the default of an input."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.names import names_in
from iondsl.elaborate.starts import is_initial
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.system import Formula, Kind, System
from iondsl.traversal import walk


def check(system: System) -> Iterator[Diagnostic]:
    starts = {state.name for state in system.states if state.is_start}
    for quantity in system.of_kind(Kind.PARAMETER, Kind.INPUT, Kind.STIMULUS):
        if quantity.value is None or starts.isdisjoint(names_in(quantity.value.expanded)):
            continue
        member = quantity.name.rpartition(".")[2]
        if quantity.kind is Kind.PARAMETER:
            message = f"the parameter `{quantity.name}` uses `initial(...)`, which is known only when a run begins"
            cure = f"leave `param` out: `{member} = ...` is a derived quantity"
            yield Diagnostic("E355", message, place(quantity.value), cure)
        else:
            message = f"the default of the {quantity.kind.value} `{quantity.name}` uses `initial(...)`"
            cure = "write a number; what is computed belongs to a derived quantity"
            yield Diagnostic("E356", message, place(quantity.value), cure)


def place(value: Formula) -> Span:
    """Where the call stands; for one that comes in through a function, the whole right side."""
    return next((node.span for node in walk(value.written) if is_initial(node)), value.span)
