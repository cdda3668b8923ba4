"""The rule for warnings that a file keeps: a comment beside the line, or directly above it, names the code.

As in `E = 80 [mV]  # W306: fixed in the paper`. A comment must not name a code that is not found there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from iondsl.errors import Diagnostic
from iondsl.source import Source

COMMENT = re.compile(r'^(?:[^"#]|"[^"]*")*#(.*)')
CODE = re.compile(r"\b[EW]\d{3}\b")


def places(findings: Iterable[Diagnostic]) -> set[str]:
    """`W306 in line 12`, for what is found."""
    return {f"{each.code} in line {each.span.line if each.span else 0}" for each in findings}


def explained(source: Source) -> set[str]:
    """The same for what comments name, by the line that they explain: their own, or the next that is no comment."""
    return set(codes(source.text))


def codes(text: str) -> Iterator[str]:
    waiting: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        comment = COMMENT.match(line)
        waiting += [] if comment is None else CODE.findall(comment[1])
        if not line.lstrip().startswith("#"):
            yield from (f"{code} in line {number}" for code in waiting)
            waiting = []
