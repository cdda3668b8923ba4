"""Lines that end too early: what they lack."""

from __future__ import annotations

from iondsl.errors import Diagnostic
from iondsl.parser.keywords import HEADERS, NAMED
from iondsl.parser.place import Place, Rule


def missing_name(place: Place) -> Diagnostic | None:
    if place.before not in NAMED or not (place.at_end or place.word.text == ":"):
        return None
    return place.says(f"this `{place.before}` has no name", f"write `{place.before} NAME:`")


def missing_colon(place: Place) -> Diagnostic | None:
    is_header = place.first in HEADERS and ("COLON" in place.accepts or place.before == "membrane")
    return place.says("the `:` at the end of the line is missing") if is_header else None


def missing_else(place: Place) -> Diagnostic | None:
    if "_ELSE" not in place.accepts:
        return None
    return place.says("this `if` has no `else`", "write `a if condition else b`")


def missing_value(place: Place) -> Diagnostic | None:
    if not place.lacks_value:
        return None
    cure = "a line goes on inside parentheses, or as an indented block behind `=`"
    return place.says("the line ends where a value is expected", cure)


def bare_name(place: Place) -> Diagnostic | None:
    if not place.lacks_equals:
        return None
    return place.says("the line ends after a name", f"write `{place.before} = ...`")


AT_END: tuple[Rule, ...] = (missing_name, missing_colon, missing_else, missing_value, bare_name)
