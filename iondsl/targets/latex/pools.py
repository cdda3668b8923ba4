"""The symbols of ions, spaces, and what is in them: [Na]_i, its amount n, what enters it j; the size of a space."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.system import Ion, System
from iondsl.targets.latex.author import split
from iondsl.targets.latex.cells import indexed
from iondsl.targets.latex.symbol import Symbol, chemical, from_name, upright


def ion_symbols(system: System) -> dict[str, str]:
    """The chemical symbol of every ion, with its charge, unless the author gave another."""
    given = {ion.name: split(ion.doc)[0] for ion in system.ions}
    default = {ion.name: chemical(ion.name.rpartition(".")[2], ion.valence) for ion in system.ions}
    return {name: default[name] if symbol is None else symbol.tex for name, symbol in given.items()}


def below(space: str) -> str:
    """A space as a subscript, and in a text: `i` of a compartment with its name."""
    cell, _, name = space.rpartition(".")
    return indexed(from_name(name), cell).tex


def in_spaces(system: System) -> Iterator[tuple[str, Symbol]]:
    """What every quantity of a pool or a space is called, by its name."""
    ions = ion_symbols(system)
    for ion in system.ions:
        cell, _, name = ion.name.rpartition(".")
        for pool in sorted(pools_of(ion, system)):
            space = below(pool.rpartition(".")[2])
            yield pool, indexed(Symbol(f"[{ions[ion.name]}]", (space,)), cell)
            yield f"{pool}.influx", indexed(Symbol("j", (upright(name), space)), cell)
            yield f"{pool}.amount", indexed(Symbol("n", (upright(name), space)), cell)
    for state in system.states:
        if state.reacts and state.store is not None:
            yield state.store.amount, Symbol("n", (from_name(state.name.rpartition(".")[2]).tex,))
    for known in system.spaces:
        if known.size is not None:
            cell, _, name = known.name.rpartition(".")
            head = "d" if known.kind == "depth" else upright("vol")
            yield known.size, indexed(Symbol(head, (below(name),)), cell)


def pools_of(ion: Ion, system: System) -> set[str]:
    """Its own concentrations, and those that are missing but booked on."""
    declared = {each.quantity for each in ion.concentrations if each.quantity.startswith(f"{ion.name}.")}
    return declared | {each.quantity for each in system.pools if each.ion == ion.name}
