"""E215: `x'` of what is no state."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.errors import Diagnostic
from iondsl.syntax import Prime
from iondsl.system import Kind, System
from iondsl.traversal import walk


def check(system: System) -> Iterator[Diagnostic]:
    kinds = {quantity.name: quantity.kind for quantity in system.quantities}
    kinds[system.time.name] = Kind.TIME
    for quantity in system.quantities:
        for formula in (quantity.value, quantity.rate):
            for node in walk(formula.written) if formula is not None else ():
                if isinstance(node, Prime) and kinds.get(node.name.text, Kind.STATE) is not Kind.STATE:
                    yield no_derivative(node, kinds[node.name.text])


def no_derivative(node: Prime, kind: Kind) -> Diagnostic:
    cure = "only a state has a derivative that can be read"
    return Diagnostic("E215", f"`{node.name.text}` is {kind.phrase}, not a state", node.span, cure)
