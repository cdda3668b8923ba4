"""E212: a parameter is constant in a run, so it can be computed from parameters only."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.errors import Diagnostic
from iondsl.syntax import Name, walk
from iondsl.system import Kind, System


def check(system: System) -> Iterator[Diagnostic]:
    kinds = {quantity.name: quantity.kind for quantity in system.quantities}
    kinds[system.time.name] = Kind.TIME
    for parameter in system.parameters:
        if parameter.value is None:
            continue
        for node in walk(parameter.value.written):
            kind = kinds.get(node.text) if isinstance(node, Name) else None
            if kind not in (None, Kind.PARAMETER):
                assert isinstance(node, Name) and kind is not None
                message = f"the parameter `{parameter.name}` uses `{node.text}`, which is no parameter"
                cure = f"leave `param` out: `{parameter.name.split('.')[-1]} = ...` is a derived quantity"
                yield Diagnostic("E212", message, node.span, cure)
