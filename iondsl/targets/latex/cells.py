"""Compartments in a document: what stands in which, and the index that tells it from the same of another."""

from __future__ import annotations

from iondsl.system import System
from iondsl.targets.latex.symbol import Symbol, upright


def cell_of(name: str, system: System) -> str:
    """The compartment that a quantity or a block stands in; empty for the model itself."""
    first = name.split(".")[0]
    return first if any(each.name == first for each in system.compartments) else ""


def within(name: str, cell: str) -> str:
    """A name as its compartment sees it: `membrane` of `soma.membrane`, nothing of `soma`."""
    return "" if name == cell else name.removeprefix(f"{cell}.") if cell else name


def indexed(symbol: Symbol, cell: str) -> Symbol:
    return symbol.qualified(upright(cell)) if cell else symbol


def potential_of(block: str, system: System) -> str:
    """The V that a block sees."""
    cell = cell_of(block, system)
    found = (each.potential for each in system.compartments if each.name == cell)
    return next(found, None) or "V"
