"""Files that state no units, in a format that makes them write `dimensionless` everywhere, time included."""

from __future__ import annotations

from dataclasses import replace

from iondsl.importers.foreign import Foreign, Variable
from iondsl.importers.plain import bare
from iondsl.syntax import UnitLiteral
from iondsl.traversal import rewrite
from iondsl.units import ONE


def without_units(foreign: Foreign) -> Foreign:
    """The model with nothing said where its `dimensionless` says nothing; any other model as it is."""
    time = foreign.time
    if time is None or time.unit is None or time.unit.unit != ONE:
        return foreign
    return replace(foreign, variables=tuple(map(in_variable, foreign.variables)))


def in_variable(variable: Variable) -> Variable:
    value = None if variable.value is None else rewrite(variable.value, bare)
    start = None if variable.start is None else rewrite(variable.start, bare)
    return replace(variable, value=value, start=start, unit=meant(variable.unit))


def meant(unit: UnitLiteral | None) -> UnitLiteral | None:
    return None if unit is not None and unit.unit == ONE else unit
