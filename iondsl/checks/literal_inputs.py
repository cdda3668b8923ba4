"""E213: the default of an input is a number; E113: a finite one."""

from __future__ import annotations

import math
from collections.abc import Iterator

from iondsl.errors import Diagnostic
from iondsl.evaluation import evaluated
from iondsl.syntax import Name
from iondsl.system import Formula, System
from iondsl.traversal import walk


def is_finite(value: Formula) -> bool:
    """Whether doubles can hold what arithmetic on literals comes to."""
    try:
        return math.isfinite(evaluated(value.expanded, no_name))
    except LookupError:
        return True  # no number at all, which is said elsewhere
    except (ArithmeticError, ValueError):
        return False


def no_name(name: str) -> float:
    raise KeyError(name)


def check(system: System) -> Iterator[Diagnostic]:
    starts = {state.name for state in system.states if state.is_start}  # `starts` says what is wrong with these
    for quantity in system.inputs:
        if quantity.value is None:
            continue
        if not any(isinstance(node, Name) for node in walk(quantity.value.expanded)) and not is_finite(quantity.value):
            message = f"the default of the {quantity.kind.value} `{quantity.name}` is no finite number"
            yield Diagnostic("E113", message, quantity.value.written.span)
        for node in walk(quantity.value.expanded):
            if isinstance(node, Name) and node.text and node.text not in starts:
                cure = "write a number; what varies belongs to a protocol, what is computed to a derived quantity"
                message = f"the default of the {quantity.kind.value} `{quantity.name}` uses `{node.text}`"
                yield Diagnostic("E213", message, node.span, cure)
