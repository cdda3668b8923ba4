"""A number with a unit as one types it, `100[mS/cm^2]` or `0.3`, in the unit of what it sets, exactly."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from iondsl.errors import UsageError

NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
QUANTITY = re.compile(rf"\s*({NUMBER})\s*(?:\[([^\[\]]*)\])?\s*")
WITHOUT_BRACKETS = re.compile(rf"\s*({NUMBER})\s*([A-Za-z%µ°][^\[\]]*?)\s*")


def value_in(text: str, unit: str) -> float:
    """The number that `text` is in `unit`; a bare number already is. An empty `unit` is one that is not known.

    Raises UsageError for what is no number, no unit, or of another dimension.
    """
    match = QUANTITY.fullmatch(text)
    if match is None:
        raise UsageError(f"`{text}` is not a number{cure(text)}")
    digits, given = match.groups()
    value = float(digits)
    if given is not None:
        value = converted(value, digits, given, unit)
    if not math.isfinite(value):
        raise UsageError(f"`{text}` is out of range")
    return value


def usual(number: str, unit: str) -> str:
    """What is meant where nothing is said: in the model's unit of time, but in milliseconds if that is seconds."""
    return f"{number}[ms]" if unit == "s" else number


def usual_step(unit: str) -> str:
    return usual("0.01", unit)


def has_unit(text: str) -> bool:
    return "[" in text


def cure(text: str) -> str:
    """What to write instead of a slip that is often made."""
    if bare := WITHOUT_BRACKETS.fullmatch(text):
        return f": a unit stands in brackets, `{bare[1]}[{bare[2]}]`"
    if re.fullmatch(r"\s*[+-]?\d+,\d+\s*", text):
        return f": write a decimal point, `{text.strip().replace(',', '.')}`"
    if not text.strip():
        return ": a value is missing"
    return ""


def converted(value: float, digits: str, given: str, unit: str) -> float:
    """`digits` [`given`] in `unit`; infinite where no float is large enough."""
    from iondsl.units import UnitError, factor, is_offset, kelvin, read_unit  # 6 ms, for those who give a unit

    if not unit:
        raise UsageError(f"its unit is not known, so that [{given}] cannot be converted: give a bare number")
    target = read_unit(unit)
    # The exact value of 1e999999999 or 1e-999999999 would take forever.
    exact = Fraction(digits) if value and math.isfinite(value) else Fraction(0)
    try:
        own = read_unit("K" if is_offset(given) else given)
        scale = factor(own, target) if own.dimension == target.dimension else None
    except UnitError as error:
        raise UsageError(": ".join(filter(None, (error.message, error.cure)))) from None
    if scale is None:
        raise UsageError(f"it is measured in [{unit}], and [{given}] has another dimension")
    try:
        return float((kelvin(exact, given) if is_offset(given) else exact) * scale) if math.isfinite(value) else value
    except OverflowError:
        return math.inf
