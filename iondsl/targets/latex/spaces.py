"""The table of spaces and their sizes."""

from __future__ import annotations

from iondsl.system import Space
from iondsl.targets.latex.ions import cell
from iondsl.targets.latex.pools import below
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.tables import FILL, Table, paragraph
from iondsl.targets.latex.text import escape

COLUMNS = f"@{{}}ll{paragraph(230)}{FILL}"
KINDS = {"volume": "volume", "depth": "volume/area"}


def spaces(printer: Printer) -> Table | None:
    rows = tuple(
        f"${below(each.name)}$ & {size(each, printer)} & {escape(each.doc)}".rstrip() for each in printer.system.spaces
    )
    return Table(COLUMNS, "Space & Size & Description", rows) if rows else None


def size(space: Space, printer: Printer) -> str:
    """The volume or depth, or a reference to its equation."""
    if space.size is None or space.kind is None:
        return "infinite"
    quantity = next(each for each in printer.system.quantities if each.name == space.size)
    return f"{KINDS[space.kind]} {cell(quantity, printer)}"
