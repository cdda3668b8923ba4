"""Events: when each happens, and what is set then."""

from __future__ import annotations

from iondsl.system import Event, Formula
from iondsl.targets.latex.author import split
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.tables import FILL, Table, paragraph
from iondsl.targets.latex.text import escape, typewriter

COLUMNS = f"@{{}}l{paragraph(130)}{paragraph(150)}{paragraph(90)}{FILL}"


def events(printer: Printer) -> Table | None:
    """One row for each event, and one more for each variant that restates something in it."""
    system = printer.system
    found = [("", event) for event in system.events]
    found += [(f" ({escape(variant.name)})", event) for variant in system.variants for event in variant.events]
    rows = tuple(row(event, printer.inside(event.name.rpartition(".")[0]), within) for within, event in found)
    return Table(COLUMNS, "Event & Happens when this becomes true & Sets & Description", rows) if rows else None


def row(event: Event, printer: Printer, within: str) -> str:
    settings = "; ".join(
        rf"${printer.symbol(each.target).tex} \leftarrow {formula(each.formula, printer)}$" for each in event.settings
    )
    doc = escape(split(event.doc)[1])
    return f"{typewriter(event.name)}{within} & ${formula(event.condition, printer)}$ & {settings} & {doc}".rstrip()


def formula(side: Formula, printer: Printer) -> str:
    """As it was written, unless something in it is converted."""
    return printer.box(side.expanded if side.conversions else side.written, inline=True).tex
