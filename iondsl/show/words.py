"""Lines, units, origins and documentation, in the words of `iondsl show`."""

from __future__ import annotations

import textwrap
from pathlib import PurePath

from iondsl.source import Span
from iondsl.system import Formula
from iondsl.units import Unit, UnitError

Row = tuple[str, ...]

WIDTH = 100
INDENT = " " * 4


def origin(formula: Formula, span: Span) -> str:
    """Where an equation was written, or what it was derived as."""
    if formula.variant or formula.restated:
        span = formula.span
    if not formula.origin:
        by = f", variant {formula.variant}" if formula.variant else ", restated" if formula.restated else ""
        return line_of(span) + by
    changed = formula.origin.removeprefix("written, ")
    by = ", restated" if formula.restated else ""
    return f"{line_of(span)}{by}, {changed}" if changed != formula.origin else f"derived: {formula.origin}"


def headed(name: str, doc: str, indent: str = "") -> list[str]:
    """A heading and its documentation, which goes on in further lines."""
    text = f"{name}: {plain(doc)}" if doc else name
    further = f"{indent}{INDENT * 2}"
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=further, break_long_words=False)


def line_of(span: Span) -> str:
    """The line of the model's own file, or that of a library: `yamada_1989.ion:12`."""
    return f"line {span.line}" if span.user is None else f"{PurePath(span.source.name).name}:{span.line}"


def bracketed(unit: Unit | None) -> str:
    return "" if unit is None else f"[{unit}]"


def per_time(unit: Unit | None, time: Unit | None) -> Unit | None:
    """The unit of a derivative, where it is known."""
    try:
        return None if unit is None or time is None else unit / time
    except UnitError:
        return None


def plain(doc: str) -> str:
    """Documentation without the LaTeX symbol that may lead it."""
    return doc[1:].partition("$")[2].strip() if doc.startswith("$") else doc
