"""Equations that stand under one heading, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iondsl.targets.latex.equations import Equation, aligned
from iondsl.targets.latex.factors import Factor


@dataclass(frozen=True, slots=True)
class Group:
    """Equations aligned with each other: `rows` is the inside of an `align`, `notes` are sentences about them.

    `diagram` is a picture above them.
    """

    title: str
    notes: str
    rows: str
    factors: tuple[tuple[str, Factor], ...]
    diagram: str = ""


def group(title: str, found: Iterable[Equation], note: str = "", diagram: str = "") -> Group:
    found = tuple(found)
    derived = _listed([(each.short, each.origin) for each in found], " ({})")
    explained = _listed([(each.short, each.doc.removesuffix(".")) for each in found], ": {}")
    restated = ", ".join(f"${each.short}$" for each in found if each.restated)
    said = (f"Restated: {restated}." if restated else "", f"Derived: {derived}." if derived else "")
    sentences = (note, *said, f"{explained}." if explained else "")
    factors = tuple((each.label, factor) for each in found for factor in each.factors)
    return Group(title, " ".join(filter(None, sentences)), aligned(found), factors, diagram)


def _listed(pairs: list[tuple[str, str]], form: str) -> str:
    """Symbols with what is said of them; those of which the same is said together."""
    texts = dict.fromkeys(text for _, text in pairs if text)
    symbols = (", ".join(f"${short}$" for short, text in pairs if text == each) for each in texts)
    return "; ".join(symbol + form.format(text) for symbol, text in zip(symbols, texts, strict=True))
