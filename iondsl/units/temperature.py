"""Temperatures as an author gives them.

`temperature = 6.3 [degC]` and `q10(3, 6.3 [degC])` are the only two places where a unit with an offset may
stand; everywhere else `read_unit` refuses it.
"""

from __future__ import annotations

from fractions import Fraction

from iondsl.units.algebra import UnitError, factor, same_dimension
from iondsl.units.reader import read_unit
from iondsl.units.table import OFFSETS, UNITS


def is_offset(text: str) -> bool:
    """Whether `text` is a unit with an offset, which only a temperature may have."""
    return text.strip() in OFFSETS


def kelvin(value: Fraction, text: str) -> Fraction:
    """Return the temperature `value` [`text`] in kelvin, exactly; `text` is degC, K or a multiple of K.

    Raises UnitError, with offsets into `text`, where it is none of them.
    """
    if is_offset(text):
        return value + OFFSETS[text.strip()]
    unit, (one_kelvin, _) = read_unit(text), UNITS["K"]
    if not same_dimension(unit, one_kelvin):
        raise UnitError(f"`{unit}` is no unit of temperature", 0, len(text), "use `degC` or `K`")
    return value * factor(unit, one_kelvin)
