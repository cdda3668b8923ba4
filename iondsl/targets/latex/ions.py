"""The table of ions: charges, concentrations and reversal potentials."""

from __future__ import annotations

from iondsl.system import Ion, Kind, Quantity
from iondsl.targets.latex.equations import is_literal
from iondsl.targets.latex.pools import below, ion_symbols
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.tables import FILL, Table, bare
from iondsl.targets.latex.text import typewriter
from iondsl.targets.latex.units import measure
from iondsl.units import ONE

HEADS = {"i": "Inside", "o": "Outside"}
# With more spaces than these there is no room for the symbols of concentrations, which say what the heads say.
MOST = 3
# With more than these its columns stand closer.
WIDE = 5


def ions(printer: Printer) -> Table | None:
    """Charges, concentrations and reversal potentials, as far as there are any."""
    system = printer.system
    if not system.ions:
        return None
    symbols = ion_symbols(system)
    known = dict.fromkeys([*HEADS, *(space for ion in system.ions for space in spaces_of(ion))])
    spaces = [space for space in known if any(space in spaces_of(ion) for ion in system.ions)]
    heads = (HEADS.get(space, f"${below(space)}$") for space in spaces)
    head = " & ".join(["Ion", "Valence", *heads, "Reversal potential"])
    quantities = {quantity.name: quantity for quantity in system.quantities}
    rows = []
    for ion in system.ions:
        members = [*(spaces_of(ion).get(space) for space in spaces), ion.reversal]
        named = len(spaces) <= MOST
        cells = ["--" if name is None else cell(quantities[name], printer, named) for name in members]
        rows.append(" & ".join([f"${symbols[ion.name]}${where(ion)}", valence(ion), *cells]))
    column = r"@{\enspace}l" if len(spaces) > WIDE else "l"
    return Table(f"@{{}}lr{column * (len(spaces) + 1)}{FILL}", head, tuple(rows))


def where(ion: Ion) -> str:
    """The compartment that refines it."""
    cell, _, _ = ion.name.rpartition(".")
    return f" in {typewriter(cell)}" if cell else ""


def spaces_of(ion: Ion) -> dict[str, str]:
    return {each.space: each.quantity for each in ion.concentrations}


def valence(ion: Ion) -> str:
    return "--" if ion.valence is None else f"${ion.valence:+d}$" if ion.valence else "$0$"


def cell(quantity: Quantity, printer: Printer, named: bool = True) -> str:
    """A constant with its unit; what varies refers to its equation, and an input to its name; `named`, with symbols."""
    symbol = printer.symbol(quantity.name).tex
    if quantity.kind is Kind.PARAMETER and quantity.value is not None and is_literal(quantity.value.written):
        number = bare(quantity.value)
        value = measure(str(quantity.unit or ONE)).of(number.tex)
        return f"${symbol} = {value}$" if named else f"${value}$"
    if quantity.kind in (Kind.EQUATION, Kind.STATE):
        return (f"${symbol}$, " if named else "") + rf"Eq.~\eqref{{eq:{quantity.name}}}"
    return f"${symbol}$"
