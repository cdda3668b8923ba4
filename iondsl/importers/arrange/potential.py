"""Which variable is the membrane potential."""

from __future__ import annotations

from iondsl.importers.foreign import POTENTIAL, Foreign, Path, Variable
from iondsl.syntax import UnitLiteral
from iondsl.units import read_unit, same_dimension

VOLT = read_unit("V")
# What files call it that do not label it, whatever the case of its letters.
NAMES = ("v", "vm", "v_m", "e", "em", "e_m", "membrane_voltage", "membrane_potential")


def find(foreign: Foreign) -> Path | None:
    """The state that is labelled as the potential; else the only one that is a voltage, or has one of its names."""
    states = [each for each in foreign.variables if each.is_state]
    labelled = [each for each in states if each.label == POTENTIAL]
    voltages = [each for each in states if is_voltage(each.unit)]
    named = [each for each in voltages or states if each.path[-1].lower() in NAMES]
    for found in (labelled, voltages, named, in_membrane(named)):
        if len(found) == 1:
            return found[0].path
    return None


def is_voltage(unit: UnitLiteral | None) -> bool:
    return unit is not None and same_dimension(unit.unit, VOLT)


def in_membrane(states: list[Variable]) -> list[Variable]:
    return [each for each in states if each.path[0].lower() in ("membrane", "cell")]
