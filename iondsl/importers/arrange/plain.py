"""Pure numbers without the `[1]` that other formats ask for."""

from __future__ import annotations

from dataclasses import replace

from iondsl.importers.foreign import Foreign, Variable
from iondsl.syntax import Expression, Number
from iondsl.traversal import rewrite
from iondsl.units import ONE


def plain(foreign: Foreign) -> Foreign:
    """The model with every `2 [1]` as `2`."""
    return replace(foreign, variables=tuple(map(in_variable, foreign.variables)))


def in_variable(variable: Variable) -> Variable:
    value = None if variable.value is None else rewrite(variable.value, bare)
    start = None if variable.start is None else rewrite(variable.start, bare)
    unit = variable.unit
    given = value if start is None else start
    if unit is not None and unit.unit == ONE and isinstance(given, Number) and not variable.binding:
        unit = None
    return replace(variable, value=value, start=start, unit=unit)


def bare(node: Expression) -> Expression:
    if isinstance(node, Number) and node.unit is not None and node.unit.unit == ONE:
        return replace(node, unit=None)
    return node
