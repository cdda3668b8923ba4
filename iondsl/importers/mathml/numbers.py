"""`<cn>` → a number with the digits of the file."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from iondsl.errors import Diagnostic
from iondsl.importers.xml import Element
from iondsl.source import Span
from iondsl.syntax import Binary, Expression, Number, Unary, UnitLiteral
from iondsl.units import ONE

NUMBER = re.compile(r"([+-]?)((?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
WHOLE = re.compile(r"[+-]?[0-9]+")
Report = Callable[[Diagnostic], None]


def read_number(element: Element, unit: UnitLiteral | None, report: Report) -> Expression:
    """The number of a `<cn>`; E647 where there is none."""
    kind, parts = element.get("type") or "real", texts(element)
    if kind == "rational" and len(parts) == 2:
        above, below = (literal(part, one, element.span) for part, one in zip(parts, (unit, None), strict=True))
        if above is not None and below is not None:
            return Binary("/", above, below, element.span)
    found = literal(joined(kind, parts), unit, element.span) if element.get("base") in (None, "10") else None
    if found is None:
        report(Diagnostic("E647", f"no number: {shown(element, kind)}", element.span, wanted(kind)))
        return Number("0", unit, element.span)
    return found


def texts(element: Element) -> list[str]:
    """What stands between the `<sep/>`."""
    parts = [""]
    for each in element.content:
        if isinstance(each, str):
            parts[-1] += each
        else:
            parts.append("" if each.name == "sep" else each.name)
    return [part.strip() for part in parts]


def joined(kind: str, parts: list[str]) -> str:
    """One text, in the notation of the language."""
    if kind in ("real", "integer") and len(parts) == 1:
        return parts[0]
    if kind == "e-notation" and len(parts) == 2 and WHOLE.fullmatch(parts[1]) and "e" not in parts[0].lower():
        return f"{parts[0]}e{parts[1].removeprefix('+')}"
    return ""


def literal(text: str, unit: UnitLiteral | None, span: Span) -> Expression | None:
    """The number that a text writes; None if it writes none, or one that is too large."""
    found = NUMBER.fullmatch(text)
    if found is None or not math.isfinite(float(found[2])):
        return None
    number = Number(found[2], unit, span)
    return Unary("-", number, span) if found[1] == "-" else number


def pure(text: str, span: Span) -> Number:
    """A number that the file does not write, but means."""
    return Number(text, UnitLiteral(ONE, span, implied=True), span)


def shown(element: Element, kind: str) -> str:
    """What a reader of the file looks for."""
    text = " ".join(element.span.text.split())
    return f'`{text}`' if len(text) <= 70 else f'a `<cn type="{kind}">`'


def wanted(kind: str) -> str:
    if kind == "e-notation":
        return 'write `<cn type="e-notation">1.2<sep/>-3</cn>`'
    return "numbers are written in decimals, as 1.5 or 1.5e-3" if kind in ("real", "integer") else ""
