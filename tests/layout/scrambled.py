"""Texts with the same meaning and comments, laid out at random; and what must not change when they are formatted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from random import Random
from typing import Any

from iondsl.parser import parse
from iondsl.parser.lines import logical_lines
from iondsl.source import Source

PIECE = re.compile(r'"[^"\n]*"|\[[^\]\n]*\]|@[\w.:-]*\w|[\w.]+e[+-]\d+|[\w.]+|<->|->|[<>=!]=|\S')
COMMENTED = re.compile(r'"[^"\n]*"|#[^\n]*')
NEED_NO_BLANK = re.compile(r"[(),^*/+]")
PLACES = ("span", "source", "place")


def meaning(text: str) -> Any:
    """What a text says, without the places where it does; fails where something is wrong with its form."""
    program, findings = parse(Source("", text))
    assert not findings, findings
    return bare(program)


def bare(node: Any) -> Any:
    if isinstance(node, tuple):
        return tuple(map(bare, node))
    if is_dataclass(node) and type(node).__module__ == "iondsl.syntax":
        return type(node), *(bare(getattr(node, each.name)) for each in fields(node) if each.name not in PLACES)
    return node


def comments(text: str) -> list[str]:
    return [found.rstrip() for found in COMMENTED.findall(text) if found.startswith("#")]


def scrambled(text: str, seed: int, breaks: bool = True) -> str:
    """The text with other blanks and indentations, and with other line breaks and comments if asked for."""
    random, source = Random(seed), Source("", text)
    written: list[str] = []
    margins = [(0, 0)]
    for line in logical_lines(source):
        while margins[-1][0] > line.indent:
            margins.pop()
        if margins[-1][0] < line.indent:
            margins.append((line.indent, margins[-1][1] + random.randint(1, 9)))
        margin = margins[-1][1]
        written += noise(random) if breaks else ()
        parts = PIECE.findall(re.sub(COMMENTED, without_comments, line.span.text))
        written.append(" " * margin + "".join(respaced(parts, margin, random, breaks)) + trailing(random, breaks))
    return "\n".join([*written, *(noise(random) if breaks else ())]) + "\n" * random.randint(0, 3)


def without_comments(found: re.Match[str]) -> str:
    return "" if found[0].startswith("#") else found[0]


def noise(random: Random) -> Iterator[str]:
    """Blank lines and comments between statements, at any depth."""
    while random.random() < 0.3:
        yield " " * random.randint(0, 12) + random.choice(("", "", "# c\x0bomment", "#", '# "quoted" (', "## x = ["))


def trailing(random: Random, with_comment: bool = True) -> str:
    comments = ["# behind", " # behind = (", '   # "'] if with_comment else []
    return random.choice([*[""] * 6, "  ", *comments])


def respaced(parts: list[str], margin: int, random: Random, breaks: bool) -> Iterator[str]:
    """The pieces with blanks and, if asked for, where the line may go on, breaks and comments between them."""
    depth, below, broken = 0, False, False
    is_header = ":" in parts and not {"->", "<->"}.intersection(parts)
    for place, part in enumerate(parts):
        before = parts[place - 1] if place else "("
        breakable = (depth > 0 and not (is_header and before == "=")) or below
        first_equals = before == "=" and "=" not in parts[: place - 1] and depth == 0 and not is_header
        if breaks and place and (breakable or first_equals) and random.random() < 0.25:
            below = below or (first_equals and not broken)
            broken = True
            yield trailing(random) + "\n"
            yield from (f"{each}\n" for each in noise(random))
            yield " " * (margin + random.randint(1, 20))
        else:
            can_touch = place == 0 or NEED_NO_BLANK.fullmatch(part) or NEED_NO_BLANK.fullmatch(before)
            yield " " * random.randint(0 if can_touch else 1, 3) if place else ""
        depth += (part == "(") - (part == ")")
        yield part
