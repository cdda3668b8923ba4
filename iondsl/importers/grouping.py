"""Notes of one kind told together: what a file does once, it does everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from iondsl.errors import Diagnostic, line_of

MOST_PLACES = 5
PARTICULAR = re.compile(r"`[^`]*`|\[[^\]]*\]")
MARKS = {"W660": ", each with an `as` in the text"}


def grouped(notes: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first note of each kind, with how many more there are, and where. A kind is a message without its names."""
    kinds: dict[tuple[str, str], list[Diagnostic]] = {}
    for each in notes:
        kinds.setdefault((each.code, PARTICULAR.sub("", each.message)), []).append(each)
    return tuple(together(*kind) for kind in kinds.values())


def together(first: Diagnostic, *others: Diagnostic) -> Diagnostic:
    if not others:
        return first
    more = f"{len(others)} more of this kind{MARKS.get(first.code, '')}, in {places(first, others)}"
    return replace(first, cure=f"{first.cure}; {more}" if first.cure else more)


def places(first: Diagnostic, others: Iterable[Diagnostic]) -> str:
    """`line 7, line 9, ...` in the order of the file, each line once."""
    spans = sorted((each for other in others if (each := other.span)), key=lambda span: span.start)
    told = list(dict.fromkeys(line_of(each, first.span or each) for each in spans))
    return ", ".join([*told[:MOST_PLACES], *(["..."] if len(told) > MOST_PLACES else [])])
