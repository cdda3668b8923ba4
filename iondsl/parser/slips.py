"""Slips that many make, each with its cure: one rule per slip, the first that knows the place speaks."""

from __future__ import annotations

import re

from iondsl.errors import Diagnostic, suggestion
from iondsl.functions import MATHEMATICAL
from iondsl.parser.endings import missing_name
from iondsl.parser.keywords import DECLARATIONS, HEADERS, INSIDE, RESERVED
from iondsl.parser.line_slips import (
    arrow,
    assignment,
    behind_the_colon,
    comparison_of_an_event,
    condition_of_on,
    event_with_a_colon,
    import_for_use,
    missing_comma,
    path_of_a_library,
    several_parts,
    use_without_from,
    when,
)
from iondsl.parser.place import Place, Rule
from iondsl.parser.sign_slips import comment, foreign, other_operator, power
from iondsl.parser.unit_slips import decimal_comma, malformed_number, misplaced_unit, unit_without_brackets
from iondsl.source import Span


def equals(place: Place) -> Diagnostic | None:
    """`=` and `==` in each other's place, and chains of comparisons."""
    word = place.word.text
    if word == "=" and place.sign_before == "=":
        start = place.word.start
        where = Span(place.line.source, start - 1, start + 1)
        return place.says("`==` compares, and stands in conditions only", "define with one `=`", where)
    if word == "=" and "=" in place.before:
        return place.says("a second `=` in this line", "compare with `==`; define each quantity on a line of its own")
    if word == "==" and "EQUAL" in place.accepts:
        return place.says("`==` compares, and stands in conditions only", "define with one `=`")
    if word in ("<", "<=", ">", ">=", "==", "!=") and re.search("[<>]|[!=]=", place.before):
        return place.says("comparisons cannot be chained", "write `a < b and b < c`")
    return None


def quotient_of_differentials(place: Place) -> Diagnostic | None:
    """`dV/dt = ...`."""
    match = re.match(r"d(\w+) */ *d\w+", place.line.text)
    if match is None or place.word.text != "/":
        return None
    where = Span(place.line.source, place.line.start, place.line.start + match.end())
    return place.says(f"unexpected `{match[0]}`", f"write the derivative of `{match[1]}` as `{match[1]}' = ...`", where)


def unquoted_citation(place: Place) -> Diagnostic | None:
    if place.first != "cite" or place.word.text == "=":
        return None
    where = Span(place.line.source, place.line.start, place.line.start + len("cite"))
    return place.says("`cite` takes a text in double quotes", 'write `cite "doi:..."`', where)


def unknown_keyword(place: Place) -> Diagnostic | None:
    """`paran g = 3`, `mebrane:`: the first word is nearly a keyword."""
    if place.before != place.first or not (place.word.text[0].isalpha() or place.word.text == ":"):
        return None
    if place.first == "membrane":
        return place.says("a membrane takes no name", "write `membrane:`")
    if place.first in (*HEADERS, *DECLARATIONS):
        return None
    where = Span(place.line.source, place.line.start, place.line.start + len(place.first))
    cure = suggestion(place.first, (*HEADERS, *DECLARATIONS))
    return place.says(f"unknown keyword `{place.first}`", cure, where) if cure else None


def unknown_word(place: Place) -> Diagnostic | None:
    """`carrie` where `carries` may stand."""
    words = [word for terminal, word in INSIDE.items() if terminal in place.accepts]
    cure = suggestion(place.word.text, words) if len(place.word.text) > 2 else ""
    return place.says(f"unexpected `{place.word.text}`", cure) if cure else None


def reserved(place: Place) -> Diagnostic | None:
    word = place.word.text
    if word not in RESERVED:
        return None
    if place.before == "" and word in ("if", "else"):
        return place.says(f"a line cannot begin with `{word}`", "write `x = a if condition else b`")
    if place.before == "" or ("NAME" in place.accepts and "NUMBER" not in place.accepts):
        return place.says(f"`{word}` is a reserved word and cannot be a name", f"reserved: {', '.join(RESERVED)}")
    return place.says(f"unexpected `{word}`")


def missing_operator(place: Place) -> Diagnostic | None:
    text = place.word.text
    if "FACTOR" not in place.accepts or text in RESERVED or not (text[0].isalnum() or text[0] in "(_"):
        return None
    function = re.search(r"[A-Za-z_0-9]+$", place.before)
    if function is not None and function[0] in MATHEMATICAL:
        return place.says(f"`{function[0]}` is a function", f"its arguments stand in parentheses: `{function[0]}(x)`")
    return place.says(f"an operator is missing before `{text}`", "a product needs `*`")


INSIDE_LINE: tuple[Rule, ...] = (
    *(foreign, comment, arrow, assignment, event_with_a_colon, condition_of_on, when, comparison_of_an_event),
    *(behind_the_colon, missing_comma, path_of_a_library, several_parts, use_without_from, import_for_use),
    *(quotient_of_differentials, power, equals, missing_name, unquoted_citation),
    *(unknown_keyword, unknown_word),
    *(unit_without_brackets, misplaced_unit, malformed_number, decimal_comma, reserved),
    *(missing_operator, other_operator),
)
