"""Signs that the language does not have, or not there."""

from __future__ import annotations

import re
import unicodedata

from iondsl.errors import Diagnostic
from iondsl.parser.place import Place
from iondsl.source import Span

OTHER_OPERATORS = {
    "**": ("`**` is no operator", "write a power with `^`"),
    "&": ("`&` is no operator", "write `and`"),
    "&&": ("`&&` is no operator", "write `and`"),
    "|": ("`|` is no operator", "write `or`, or `abs(x)`"),
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


def comment(place: Place) -> Diagnostic | None:
    rest = place.line.source.text[place.word.start : place.line.end]
    if not rest.startswith(("//", "/*")) and (place.before or rest[0] not in "%!;"):
        return None
    return place.says(f"unexpected `{rest[:2].strip()}`", "a comment begins with `#`")


def power(place: Place) -> Diagnostic | None:
    start = place.word.start
    if place.word.text[0] != "*" or place.sign_before != "*":
        return None
    return place.says(*OTHER_OPERATORS["**"], where=Span(place.line.source, start - 1, start + 1))


def other_operator(place: Place) -> Diagnostic | None:
    known = OTHER_OPERATORS.get(place.word.text)
    return None if known is None else place.says(*known)
