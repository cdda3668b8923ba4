"""Slips with numbers and units."""

from __future__ import annotations

import re

from iondsl.errors import Diagnostic
from iondsl.parser.place import Place
from iondsl.source import Span
from iondsl.units import UnitError, read_unit


def unit_without_brackets(place: Place) -> Diagnostic | None:
    """`50mV`, `120 mS/cm^2`."""
    written = place.line.source.text[place.word.start : place.line.end]
    glued = re.match(r"([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)(?=[A-Za-z])", written)
    behind_number = "UNIT" in place.accepts and re.search(r"(^|[^\w.])[0-9.]+([eE][+-]?[0-9]+)?$", place.before)
    number = glued[1] if glued else ""
    unit = longest_unit(written[len(number) :])
    if not unit or not (glued or behind_number):
        return None
    where = Span(place.line.source, place.word.start, place.word.start + len(number) + len(unit))
    cure = f"{number} [{unit}]".strip()
    return place.says(f"the unit `{unit}` is not in brackets", f"write `{cure}`", where)


def longest_unit(text: str) -> str:
    """The unit that a text begins with, as far as it can be one; a `%` before another value is none."""
    match = re.match(r"([A-Za-z]\w*)(([/*][A-Za-z]\w*)?(\^-?[0-9])?)*", text) or re.match(r"%$", text)
    if match is None:
        return ""
    return next((unit for unit in (match[0], re.split(r"\W", match[0])[0]) if is_unit(unit)), "")


def is_unit(text: str) -> bool:
    try:
        read_unit(text)
    except UnitError:
        return False
    return True


def misplaced_unit(place: Place) -> Diagnostic | None:
    rest = place.line.source.text[place.word.start : place.line.end]
    bracketed = re.match(r"\[[^\[\]\n]*\]", rest)
    if bracketed is None:
        return None
    where = Span(place.line.source, place.word.start, place.word.start + bracketed.end())
    cure = "a unit stands behind a number, left of `=` (`x [mV] = ...`), or after `in`"
    return place.says("a unit cannot stand here", cure, where)


def malformed_number(place: Place) -> Diagnostic | None:
    word = place.word.text
    if not word[0].isdigit() or "NUMBER" not in place.accepts:
        return None
    cure = "a unit stands in brackets, `2 [mV]`; a product needs `*`"
    return place.says(f"`{word}` is not a number", cure)


def decimal_comma(place: Place) -> Diagnostic | None:
    rest = place.line.source.text[place.word.start : place.line.end]
    if not re.search(r"[0-9]$", place.before) or not re.match(r",[0-9]", rest):
        return None
    return place.says("unexpected `,`", "decimals stand behind a point: `0.5`")
