"""The sections that a reader looks for: membrane, currents with their gates, spaces, ions, the rest; tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from iondsl.system import Compartment, Current, Flux, Function, Ion, Space, System, Variant
from iondsl.system import Part as Used
from iondsl.targets.latex import reactions, restated
from iondsl.targets.latex.author import split
from iondsl.targets.latex.balances import notes
from iondsl.targets.latex.blocks import (
    Blocks,
    Part,
    below,
    blocks_of,
    groups,
    of_current,
    of_reaction,
    others,
    parts,
    summary,
)
from iondsl.targets.latex.box import Level, delimited, joined
from iondsl.targets.latex.conserved import laws
from iondsl.targets.latex.equations import Equation
from iondsl.targets.latex.events import events
from iondsl.targets.latex.groups import Group, group
from iondsl.targets.latex.homes import home_of, with_a_section
from iondsl.targets.latex.ions import ions
from iondsl.targets.latex.naming import first_of
from iondsl.targets.latex.pools import below as below_of
from iondsl.targets.latex.pools import ion_symbols
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.protocols import protocols
from iondsl.targets.latex.provenance import comes_from, listed_sources
from iondsl.targets.latex.spaces import spaces
from iondsl.targets.latex.tables import Table, tables
from iondsl.targets.latex.text import escape, typewriter
from iondsl.targets.latex.variants import of_variant

OTHERS = "Other quantities"

Record = TypeVar("Record", Current, Flux, Space, Ion)

# The tables that stand beside the equations.
TABLES = {"Spaces": spaces, "Ions": ions}


@dataclass(frozen=True, slots=True)
class Section:
    """`text` stands below its table."""

    title: str
    parts: tuple[Part, ...] = ()
    table: Table | None = None
    text: str = ""


def sections(printer: Printer) -> tuple[Section, ...]:
    """Equations, those of a compartment together, then tables; every section that has something in it."""
    system, blocks, of_laws = printer.system, blocks_of(printer), list(laws(printer))
    found = (
        *(with_table(each, printer) for each in of_cell("", blocks, printer)),
        *(of_compartment(each, blocks, printer) for each in system.compartments),
        *(of_part(each, blocks, printer) for each in with_a_section(system)),
        Section("Conservation laws", parts("", [group("", of_laws)] if of_laws else [])),
        Section("Functions", parts("", of_functions(printer))),
        with_restated(printer),
        *(Section(f"Variant {escape(each.name)}", variant_parts(each, printer)) for each in system.variants),
        *(Section(title, table=table) for title, table in tables(printer)),
        Section("Events", table=events(printer)),
        Section("Protocols", table=protocols(printer)),
    )
    return tuple(section for section in found if section.parts or section.table or section.text)


def of_cell(cell: str, blocks: Blocks, printer: Printer) -> tuple[Section, ...]:
    """The equations of a compartment or a used part, or of the model itself without these."""
    system = printer.system
    currents, fluxes = inside(system.currents, cell, system), inside(system.fluxes, cell, system)
    own = {block: found for block, found in blocks.items() if home_of(block, system) == cell}
    spaces_here = [block for space in inside(system.spaces, cell, system) for block in below(space.name, own)]
    in_spaces = [each for block in spaces_here for each in own[block]]
    in_ions = [each for ion in inside(system.ions, cell, system) for each in own.get(ion.name, ())]
    reacting = [each for each in reactions.of_system(system) if home_of(each.name, system) == cell]
    membrane = f"{cell}.membrane".lstrip(".")
    first = next((ion for ion in system.ions if ion.name in blocks), None)
    note = notes(printer) if first is not None and home_of(first.name, system) == cell else ""
    return (
        Section("Membrane potential", parts("", groups([membrane], own, printer))),
        Section("Currents", tuple(part for each in currents for part in of_current(each, own, printer))),
        Section("Fluxes", tuple(part for each in fluxes for part in of_current(each, own, printer))),
        Section("Reactions", tuple(of_reaction(each, own, printer) for each in reacting)),
        Section("Spaces", parts("", [group("", in_spaces)] if in_spaces else [])),
        Section("Ions", parts("", [group("", in_ions, note)] if in_ions else [])),
        Section(OTHERS, parts("", groups(others(own, system), own, printer))),
    )


def inside(records: Iterable[Record], cell: str, system: System) -> list[Record]:
    return [each for each in records if home_of(each.name, system) == cell]


def with_table(section: Section, printer: Printer) -> Section:
    if section.title not in TABLES:
        return section
    system, symbols = printer.system, ion_symbols(printer.system)
    named = [(each.name, f"${symbols[each.name]}$") for each in system.ions]
    if section.title == "Spaces":
        named = [(each.name, f"${below_of(each.name)}$") for each in system.spaces]
    return replace(section, table=TABLES[section.title](printer), text=listed_sources(named, system))


def with_restated(printer: Printer) -> Section:
    """What lines below a `use` say, beside what stood there."""
    wide = list(restated.equations(printer))
    return Section(restated.TITLE, parts("", [group("", wide)] if wide else []), restated.table(printer))


def of_compartment(compartment: Compartment, blocks: Blocks, printer: Printer) -> Section:
    """Its sections as the parts of one."""
    found = of_cell(compartment.name, blocks, printer)
    doc = escape(split(compartment.doc)[1])
    title = f"Compartment {typewriter(compartment.name)}" + (f", {doc}" if doc else "")
    inner = tuple(replace(part, title=part.title or each.title) for each in found for part in each.parts)
    return Section(title, inner, text=comes_from(compartment.name, printer.system))


def of_part(part: Used, blocks: Blocks, printer: Printer) -> Section:
    """The sections of a used part as the parts of one; what stands in none of them needs no heading."""
    found = of_cell(part.name, blocks, printer)
    first, more = map(escape, summary(part.doc))
    title = ", ".join(filter(None, (f"Part {typewriter(part.name)}", first)))
    titles = {each.title: each.title * (each.title != OTHERS) for each in found}
    in_order = sorted(found, key=lambda each: each.title != OTHERS)
    inner = tuple(replace(own, title=own.title or titles[each.title]) for each in in_order for own in each.parts)
    return Section(title, inner, text=" ".join(filter(None, (more, comes_from(part.name, printer.system)))))


def variant_parts(variant: Variant, printer: Printer) -> tuple[Part, ...]:
    found = of_variant(variant, printer)
    return parts("", [group("", found)] if found else [])


def of_functions(printer: Printer) -> Iterator[Group]:
    system = printer.system
    distinct = (function for function in system.functions if first_of(function, system) is function)
    found = [_definition(function, printer.of_function(function)) for function in distinct]
    if found:
        yield group("", found)


def _definition(function: Function, printer: Printer) -> Equation:
    given = joined([printer.symbol(parameter) for parameter in function.parameters], ", ", Level.OR)
    name = printer.symbols[f"{function.name}()"].tex
    left = delimited(given).around(name, "", 10.0, Level.ATOM)
    doc = escape(split(function.doc)[1])
    return Equation(f"{function.name}()", left, function.value, printer, name, doc=doc)
