"""E213: the default of an input is a number."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.errors import Diagnostic
from iondsl.syntax import Name
from iondsl.system import System
from iondsl.traversal import walk


def check(system: System) -> Iterator[Diagnostic]:
    starts = {state.name for state in system.states if state.is_start}  # `starts` says what is wrong with these
    for quantity in system.inputs:
        if quantity.value is None:
            continue
        for node in walk(quantity.value.expanded):
            if isinstance(node, Name) and node.text and node.text not in starts:
                cure = "write a number; what varies belongs to a protocol, what is computed to a derived quantity"
                message = f"the default of the {quantity.kind.value} `{quantity.name}` uses `{node.text}`"
                yield Diagnostic("E213", message, node.span, cure)
