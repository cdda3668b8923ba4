"""Slips that many make, each with its cure: one rule per slip, the first that knows the place speaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from iondsl.errors import Diagnostic, suggestion
from iondsl.functions import MATHEMATICAL
from iondsl.parser.place import Place
from iondsl.source import Span
from iondsl.units import UnitError, read_unit

Rule = Callable[[Place], Diagnostic | None]

RESERVED = ("if", "else", "and", "or", "not", "in", "as")
NAMED = ("model", "space", "ion", "part", "compartment", "protocol", "variant", "markov", "current", "flux", "gate")
HEADERS = ("membrane", *NAMED, "reaction")
DECLARATIONS = ("param", "state", "input", "stimulus", "conserved", "event", "clamp", "function", "use", "time")
INSIDE = {"_CARRIES": "carries", "_FROM": "from", "_TO": "to", "_PER": "per", "_IF": "if", "_ELSE": "else"}

OTHER_OPERATORS = {
    "**": ("`**` is no operator", "write a power with `^`"),
    "&": ("`&` is no operator", "write `and`"),
    "&&": ("`&&` is no operator", "write `and`"),
    "|": ("`|` is no operator", "write `or`"),
    "||": ("`||` is no operator", "write `or`"),
    "?": ("`?` is no operator", "write `a if condition else b`"),
    "!": ("`!` is no operator", "write `not`, or `!=` between two values"),
    "%": ("`%` is no operator", "a remainder of `a / b` is `a - b * floor(a / b)`"),
    "[": ("this `[` is never closed", "close it with `]` on the same line"),
    "]": ("this `]` closes nothing", "a unit stands in brackets: `2 [mV]`"),
    "'": ("unexpected `'`", "text stands between double quotes; `x'` is the derivative of `x`"),
    ";": ("unexpected `;`", "each declaration stands on a line of its own"),
}

# Signs that look like what the language has, by what to write.
LOOKALIKES = {
    "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u00d7": "*", "\u00b7": "*", "\u22c5": "*", "\u2217": "*",
    "\u00f7": "/", "\u2044": "/", "\u2264": "<=", "\u2265": ">=", "\u2260": "!=", "\u2032": "'", "\u2019": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00b2": "^2", "\u00b3": "^3", "\u2192": "->", "\u21cc": "<->",
    "\u221a": "sqrt(...)",
}


# --- lines that end too early


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


# --- words that do not fit


def power(place: Place) -> Diagnostic | None:
    start = place.word.start
    if place.word.text[0] != "*" or place.line.source.text[start - 1] != "*":
        return None
    return place.says(*OTHER_OPERATORS["**"], where=Span(place.line.source, start - 1, start + 1))


def equals(place: Place) -> Diagnostic | None:
    """`=` and `==` in each other's place, and chains of comparisons."""
    word = place.word.text
    if word == "=" and place.before.endswith("="):
        start = place.word.start
        where = Span(place.line.source, start - 1, start + 1)
        return place.says("`==` compares, and stands in conditions only", "define with one `=`", where)
    if word == "=" and "=" in place.before:
        return place.says("a second `=` in this line", "compare with `==`")
    if word == "==" and "EQUAL" in place.accepts:
        return place.says("`==` compares, and stands in conditions only", "define with one `=`")
    if word in ("<", "<=", ">", ">=", "==", "!=") and re.search("[<>]|[!=]=", place.before):
        return place.says("comparisons cannot be chained", "write `a < b and b < c`")
    return None


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


def unit_without_brackets(place: Place) -> Diagnostic | None:
    glued = re.fullmatch(r"([0-9]*\.?[0-9]+)([A-Za-z]\w*)", place.word.text)
    word = glued[2] if glued else place.word.text
    behind_number = "UNIT" in place.accepts and bool(re.search(r"(^|[^\w.])[0-9.]+([eE][+-]?[0-9]+)?$", place.before))
    is_remainder = word == "%" and place.word.end < place.line.end
    if (glued or behind_number) and is_unit(word) and not is_remainder:
        number = f"{glued[1]} " if glued else ""
        return place.says(f"the unit `{word}` is not in brackets", f"write `{number}[{word}]`")
    return None


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


def unquoted_citation(place: Place) -> Diagnostic | None:
    if place.first != "cite" or place.word.text == "=":
        return None
    where = Span(place.line.source, place.line.start, place.line.start + len("cite"))
    return place.says("`cite` takes a text in double quotes", 'write `cite "doi:..."`', where)


def missing_operator(place: Place) -> Diagnostic | None:
    text = place.word.text
    if "FACTOR" not in place.accepts or text in RESERVED or not (text[0].isalnum() or text[0] in "(_"):
        return None
    function = re.search(r"[A-Za-z_0-9]+$", place.before)
    if function is not None and function[0] in MATHEMATICAL:
        return place.says(f"`{function[0]}` is a function", f"its arguments stand in parentheses: `{function[0]}(x)`")
    return place.says(f"an operator is missing before `{text}`", "a product needs `*`")


def other_operator(place: Place) -> Diagnostic | None:
    known = OTHER_OPERATORS.get(place.word.text)
    return None if known is None else place.says(*known)


def reserved(place: Place) -> Diagnostic | None:
    word = place.word.text
    if word not in RESERVED:
        return None
    if place.before == "" or ("NAME" in place.accepts and "NUMBER" not in place.accepts):
        return place.says(f"`{word}` is a reserved word and cannot be a name", f"reserved: {', '.join(RESERVED)}")
    return place.says(f"unexpected `{word}`")


def foreign(place: Place) -> Diagnostic | None:
    """A sign outside ASCII, or one that cannot be seen."""
    position = next((place.word.start + at for at, sign in enumerate(place.word.text) if not plain(sign)), None)
    if position is None:
        return None
    where = Span(place.line.source, position, position + 1)
    sign = where.text
    name = unicodedata.name(sign, "")
    shown = f"`{sign}`" if sign.isprintable() else f"U+{ord(sign):04X}"
    if sign in LOOKALIKES:
        return place.says(f"{shown} cannot stand here", f"write `{LOOKALIKES[sign]}`", where)
    if sign.isalpha():
        greek = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", name)
        cure = "names use A-Z, a-z, 0-9 and _"
        if greek is not None:
            spelled = greek[2].lower() if greek[1] == "SMALL" else greek[2].capitalize()
            cure = f"write `{spelled}`; {cure}"
        return place.says(f"{shown} is not an ASCII letter", cure, where)
    named = f" ({name.lower()})" if name else ""
    return place.says(f"the character {shown}{named} cannot stand here", where=where)


def plain(sign: str) -> bool:
    return sign.isascii() and sign.isprintable()


AT_END: tuple[Rule, ...] = (missing_name, missing_colon, missing_else, missing_value, bare_name)
INSIDE_LINE: tuple[Rule, ...] = (
    *(foreign, power, equals, missing_name, unquoted_citation, unknown_keyword, unknown_word),
    *(unit_without_brackets, misplaced_unit, malformed_number, decimal_comma, reserved),
    *(missing_operator, other_operator),
)
