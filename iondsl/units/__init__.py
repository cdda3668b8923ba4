"""Units: the text between the brackets of `120 [mS/cm^2]`, read, combined and converted exactly."""

from __future__ import annotations

from iondsl.units.algebra import ONE, Exponent, Unit, UnitError, factor, same_dimension, whole
from iondsl.units.reader import read_unit
from iondsl.units.temperature import is_offset, kelvin

__all__ = [
    "ONE", "Exponent", "Unit", "UnitError", "factor", "is_offset", "kelvin", "read_unit", "same_dimension", "whole",
]
