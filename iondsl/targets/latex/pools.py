"""The symbols of ions, spaces, and what is in them: [Na]_i, its amount n, what enters it j; the size of a space."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.system import System
from iondsl.targets.latex.author import split
from iondsl.targets.latex.symbol import Symbol, chemical, from_name, upright


def ion_symbols(system: System) -> dict[str, str]:
    """The chemical symbol of every ion, with its charge, unless the author gave another."""
    given = {ion.name: split(ion.doc)[0] for ion in system.ions}
    default = {ion.name: chemical(ion.name, ion.valence) for ion in system.ions}
    return {name: default[name] if symbol is None else symbol.tex for name, symbol in given.items()}


def below(space: str) -> str:
    """A space as a subscript, and in a text."""
    return from_name(space).tex


def in_spaces(system: System) -> Iterator[tuple[str, Symbol]]:
    """What every quantity of a pool or a space is called, by its name."""
    ions = ion_symbols(system)
    for ion in system.ions:
        for each in ion.concentrations:
            yield each.quantity, Symbol(f"[{ions[ion.name]}]", (below(each.space),))
        declared = {each.space for each in ion.concentrations}
        for space in sorted(declared | {each.space for each in system.pools if each.ion == ion.name}):
            subs = (upright(ion.name), below(space))
            yield f"{ion.name}.{space}.influx", Symbol("j", subs)
            yield f"{ion.name}.{space}.amount", Symbol("n", subs)
    for state in system.states:
        if state.reacts and state.store is not None:
            yield state.store.amount, Symbol("n", (from_name(state.name.rpartition(".")[2]).tex,))
    for known in system.spaces:
        if known.size is not None:
            yield known.size, Symbol("d" if known.kind == "depth" else upright("vol"), (below(known.name),))
