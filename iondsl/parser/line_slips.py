"""Whole lines as other languages write them: arrows of chemistry, `+=`, conditions behind `on`."""

from __future__ import annotations

import re

from iondsl.errors import Diagnostic
from iondsl.parser.keywords import DECLARATIONS, HEADERS
from iondsl.parser.place import Place
from iondsl.source import Span

ARROW = re.compile(r"([\w.+ ]*?)(<-->|<==?>|-->|==?>|<--?|<=|=)([\w.+ ]*):[ \t]*[^\s\"]")
ASSIGNMENT = re.compile(r"([A-Za-z_][\w.]*) *([-+*/:]=|\+\+|--)")
EVENT = re.compile(r"event +([A-Za-z_]\w*) *: *(.*)")
LIBRARY = re.compile(r"use +[^#]*? +from +((?=\S*[\"'/\\~-]|\.)[^\s:]+)")
SEVERAL = re.compile(r"use +(\w+) *(, *\w+ *)+")
USE_IN = re.compile(r"use +[\w.]+( +as +\w+)? +(in|of|import) +\w")
CONDITION = re.compile(r" *[\w(][^:]*[<>=]")


def arrow(place: Place) -> Diagnostic | None:
    """`A + B = C : k1, k2`, `A => B : k`."""
    match = ARROW.match(place.line.text)
    if match is None or place.first in (*HEADERS, *DECLARATIONS) or not reached(place, match.start(2)):
        return None
    left, sign, right = match[1].strip(), match[2], match[3].strip()
    if sign == "=":
        cure = f"write `{left} <-> {right} : forward, backward`, or `{left} -> {right} : rate` for one direction"
    elif sign[0] == "<" and sign[-1] == ">":
        cure = f"write `{left} <-> {right} : forward, backward`"
    else:
        start, end = (right, left) if sign[0] == "<" else (left, right)
        cure = f"write `{start} -> {end} : rate`"
    return place.says(f"`{sign}` is no arrow", cure, part(place, *match.span(2)))


def assignment(place: Place) -> Diagnostic | None:
    """`V += 3`, `V := 3`."""
    match = ASSIGNMENT.match(place.line.text)
    if match is None or not reached(place, match.start(2)):
        return None
    name, sign = match[1], match[2]
    if sign == ":=":
        cure = f"write `{name} = ...`"
    else:
        cure = f"below `on`, write `{name} = {name} {sign[0]} {'...' if sign[1] == '=' else 1}`"
    return place.says(f"`{sign}` is no operator", cure, part(place, *match.span(2)))


def event_with_a_colon(place: Place) -> Diagnostic | None:
    """`event spike: V > 0`."""
    match = EVENT.match(place.line.text)
    if match is None or place.word.text != ":":
        return None
    written = f"event {match[1]} = {match[2] or 'V > 0 [mV]'}"
    return place.says("an event is no block, and has no `:`", f"write `{written}`; `on {match[1]}:` says what it sets")


def condition_of_on(place: Place) -> Diagnostic | None:
    """`on V > 0 [mV]:`."""
    behind = place.line.text[len(place.first) :].partition(":")[0]
    if place.first not in ("on", "when") or CONDITION.match(behind) is None:
        return None
    condition, end = behind.strip(), len(place.first) + len(behind.rstrip())
    cure = f"write `event NAME = {condition}`, and `on NAME:`"
    where = part(place, end - len(condition), end)
    return place.says(f"behind `{place.first}` a condition stands by its name", cure, where)


def when(place: Place) -> Diagnostic | None:
    if place.first != "when" or place.before != "when" or not place.line.text.endswith(":"):
        return None
    return place.says("unknown keyword `when`", f"write `on {place.word.text}:`", part(place, 0, len("when")))


def comparison_of_an_event(place: Place) -> Diagnostic | None:
    """`event spike = V = 0`, where `==` would be no cure."""
    if place.first != "event" or place.word.text != "=" or "=" not in place.before or place.sign_before == "=":
        return None
    return place.says("a second `=` in this line", f"an event compares with `>` or `<`: write `{place.before} > ...`")


def behind_the_colon(place: Place) -> Diagnostic | None:
    """`on spike: V = -65`."""
    if place.first not in HEADERS or not place.before.endswith(":"):
        return None
    where = part(place, place.word.start - place.line.start, len(place.line.text))
    cure = f"indent it below `{place.before}`, on a line of its own"
    return place.says("only a string stands behind this `:`", cure, where)


def path_of_a_library(place: Place) -> Diagnostic | None:
    """`use I_M from "../channels/yamada.ion"`."""
    match = LIBRARY.match(place.line.text)
    if match is None or not reached(place, match.start(1)):
        return None
    where = part(place, *match.span(1))
    cure = "write `from channels.yamada_1989` for `channels/yamada_1989.ion`, beside this file or in IONDSL_PATH"
    return place.says("a library is named by words with dots between, not by a path", cure, where)


def several_parts(place: Place) -> Diagnostic | None:
    """`use I_M, I_N from channels`."""
    if SEVERAL.match(place.line.text) is None or place.word.text != ",":
        return None
    first = place.before.split()[1]
    return place.says("a `use` brings one part", f"write a line for each: `use {first} from ...`")


def use_without_from(place: Place) -> Diagnostic | None:
    """`use I_M in channels`."""
    match = USE_IN.match(place.line.text)
    if match is None or place.word.start != place.line.start + match.start(2):
        return None
    return place.says(f"unexpected `{match[2]}`", "the library stands behind `from`")


def import_for_use(place: Place) -> Diagnostic | None:
    """`import I_M from channels`."""
    is_second = place.before == place.first and place.word.text[0].isalpha()
    if place.first not in ("import", "include", "from") or not is_second:
        return None
    cure = "a part of a library is brought by `use PART from LIBRARY`"
    return place.says(f"unknown keyword `{place.first}`", cure, part(place, 0, len(place.first)))


def missing_comma(place: Place) -> Diagnostic | None:
    """`states C O`."""
    if place.first != "states" or "COMMA" not in place.accepts or not place.word.text[0].isalpha():
        return None
    return place.says(f"a `,` is missing before `{place.word.text}`", "write `states A, B, C`")


def reached(place: Place, position: int) -> bool:
    """Whether all before a position of the line was right."""
    return place.word.start >= place.line.start + position


def part(place: Place, start: int, end: int) -> Span:
    return Span(place.line.source, place.line.start + start, place.line.start + end)
