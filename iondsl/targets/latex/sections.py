"""The sections that a reader looks for: membrane, currents with their gates, spaces, ions, the rest; tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from iondsl.sentences import headline
from iondsl.system import Compartment, Current, Flux, Function, Ion, Network, Space, System, Variant
from iondsl.targets.latex import reactions
from iondsl.targets.latex.author import split
from iondsl.targets.latex.balances import notes
from iondsl.targets.latex.box import Level, delimited, joined
from iondsl.targets.latex.carried import carries
from iondsl.targets.latex.cells import cell_of, within
from iondsl.targets.latex.conserved import laws
from iondsl.targets.latex.diagram import diagram
from iondsl.targets.latex.equations import Equation, equations
from iondsl.targets.latex.events import events
from iondsl.targets.latex.factors import sentence
from iondsl.targets.latex.groups import Group, group
from iondsl.targets.latex.ions import ions
from iondsl.targets.latex.kinetics import schemes
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.protocols import protocols
from iondsl.targets.latex.spaces import spaces
from iondsl.targets.latex.tables import Table, tables
from iondsl.targets.latex.text import escape, typewriter
from iondsl.targets.latex.variants import of_variant

SCHEME = "Each occupancy gains what comes in along the arrows, and loses what goes out; all of them sum to 1."

Blocks = Mapping[str, tuple[Equation, ...]]
Record = TypeVar("Record", Current, Flux, Space, Ion)

# The tables that stand beside the equations.
TABLES = {"Spaces": spaces, "Ions": ions}


@dataclass(frozen=True, slots=True)
class Part:
    """A current, or another block with an own heading.

    `text` is what its author says of it beyond the heading, `factors` are sentences on what its equations convert.
    """

    title: str
    groups: tuple[Group, ...]
    factors: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    parts: tuple[Part, ...] = ()
    table: Table | None = None


def sections(printer: Printer) -> tuple[Section, ...]:
    """Equations, those of a compartment together, then tables; every section that has something in it."""
    system, blocks, of_laws = printer.system, blocks_of(printer), list(laws(printer))
    found = (
        *(with_table(each, printer) for each in of_cell("", blocks, printer)),
        *(of_compartment(each, blocks, printer) for each in system.compartments),
        Section("Conservation laws", parts("", [group("", of_laws)] if of_laws else [])),
        Section("Functions", parts("", of_functions(printer))),
        *(Section(f"Variant {escape(each.name)}", variant_parts(each, printer)) for each in system.variants),
        *(Section(title, table=table) for title, table in tables(printer)),
        Section("Events", table=events(printer)),
        Section("Protocols", table=protocols(printer)),
    )
    return tuple(section for section in found if section.parts or section.table)


def of_cell(cell: str, blocks: Blocks, printer: Printer) -> tuple[Section, ...]:
    """The equations of a compartment, or of the model itself without its compartments."""
    system = printer.system
    currents, fluxes = inside(system.currents, cell, system), inside(system.fluxes, cell, system)
    own = {block: found for block, found in blocks.items() if cell_of(block, system) == cell}
    spaces_here = [block for space in inside(system.spaces, cell, system) for block in below(space.name, own)]
    in_spaces = [each for block in spaces_here for each in own[block]]
    in_ions = [each for ion in inside(system.ions, cell, system) for each in own.get(ion.name, ())]
    reacting = [each for each in reactions.of_system(system) if cell_of(each.name, system) == cell]
    membrane = f"{cell}.membrane".lstrip(".")
    first = next((ion for ion in system.ions if ion.name in blocks), None)
    note = notes(printer) if first is not None and cell_of(first.name, system) == cell else ""
    return (
        Section("Membrane potential", parts("", groups([membrane], own, printer))),
        Section("Currents", tuple(part for each in currents for part in of_current(each, own, printer))),
        Section("Fluxes", tuple(part for each in fluxes for part in of_current(each, own, printer))),
        Section("Reactions", tuple(of_reaction(each, own, printer) for each in reacting)),
        Section("Spaces", parts("", [group("", in_spaces)] if in_spaces else [])),
        Section("Ions", parts("", [group("", in_ions, note)] if in_ions else [])),
        Section("Other quantities", parts("", groups(others(own, system), own, printer))),
    )


def inside(records: Iterable[Record], cell: str, system: System) -> list[Record]:
    return [each for each in records if cell_of(each.name, system) == cell]


def with_table(section: Section, printer: Printer) -> Section:
    return replace(section, table=TABLES[section.title](printer)) if section.title in TABLES else section


def of_compartment(compartment: Compartment, blocks: Blocks, printer: Printer) -> Section:
    """Its sections as the parts of one."""
    found = of_cell(compartment.name, blocks, printer)
    doc = escape(split(compartment.doc)[1])
    title = f"Compartment {typewriter(compartment.name)}" + (f", {doc}" if doc else "")
    return Section(title, tuple(replace(part, title=part.title or each.title) for each in found for part in each.parts))


def others(blocks: Blocks, system: System) -> list[str]:
    """The blocks that are neither membrane nor ion, and stand in no current, flux or space."""
    taken = {*(ion.name for ion in system.ions), *(block for block in blocks if is_membrane(block, system))}
    reacting = (network.name for network in reactions.of_system(system))
    around = (*names_of_flows(system), *reacting, *(space.name for space in system.spaces))
    taken |= {block for name in around for block in below(name, blocks)}
    return [block for block in blocks if block not in taken]


def is_membrane(block: str, system: System) -> bool:
    return within(block, cell_of(block, system)) == "membrane"


def names_of_flows(system: System) -> tuple[str, ...]:
    return (*(each.name for each in system.currents), *(each.name for each in system.fluxes))


def blocks_of(printer: Printer) -> Blocks:
    """Equations by the block that they stand in; a gate itself stands in its own. Laws have a section."""
    gates = {gate.name for gate in printer.system.gates}
    blocks: dict[str, list[Equation]] = {}
    for quantity in printer.system.quantities:
        if quantity.name in printer.system.conserved:
            continue
        home = quantity.name if quantity.name in gates else quantity.block
        blocks.setdefault(home, []).extend(equations(quantity, printer))
    return {
        block: tuple(sorted(found, key=lambda equation: equation.rank)) for block, found in blocks.items() if found
    }


def below(name: str, blocks: Blocks) -> list[str]:
    return [block for block in blocks if block == name or block.startswith(f"{name}.")]


def parts(title: str, found: Iterable[Group], doc: str = "") -> tuple[Part, ...]:
    """One part, where there is something to put into it: its heading is the title and the first sentence of its doc."""
    found = tuple(found)
    first, others = map(escape, headline(split(doc)[1]))
    heading = ", ".join(filter(None, (title, first)))
    return (Part(heading, found, sentence(each for group in found for each in group.factors), others),) if found else ()


def of_current(current: Current | Flux, blocks: Blocks, printer: Printer) -> tuple[Part, ...]:
    inside = sorted(below(current.name, blocks), key=lambda block: block != current.name)
    return parts(f"${printer.symbols[current.name].tex}$", groups(inside, blocks, printer), current.doc)


def of_reaction(network: Network, blocks: Blocks, printer: Printer) -> Part:
    found = (reactions.arrows(network, printer), *groups(below(network.name, blocks), blocks, printer))
    (part,) = parts(escape(network.name), found, network.doc)
    return part


def groups(names: Iterable[str], blocks: Blocks, printer: Printer) -> Iterator[Group]:
    flows: dict[str, Current | Flux] = {each.name: each for each in printer.system.currents}
    flows |= {each.name: each for each in printer.system.fluxes}
    networks = {network.name: network for network in schemes(printer.system)}
    for name in names:
        if name in blocks:
            picture = diagram(networks[name], printer) if name in networks else ""
            note = SCHEME if picture else carries(flows[name], printer) if name in flows else ""
            yield group(heading(name, printer), blocks[name], note, picture)


def heading(block: str, printer: Printer) -> str:
    """Gates and parts have one; the equations of a current stand right below its title."""
    system = printer.system
    for gate in system.gates:
        if gate.name == block:
            doc = escape(split(gate.doc)[1]).removesuffix(".")
            return f"Gate ${printer.symbols[block].tex}$" + (f", {doc}" if doc else "")
    for network in schemes(system):
        if network.name == block:
            name, doc = escape(block.rpartition(".")[2]), escape(split(network.doc)[1]).removesuffix(".")
            return f"Markov scheme {name}" + (f", {doc}" if doc else "")
    around = within(block, cell_of(block, system))
    titled = (*names_of_flows(system), *(network.name for network in reactions.of_system(system)))
    is_part = around not in ("", "membrane") and block not in titled
    return escape(block.rpartition(".")[2]) if is_part else ""


def variant_parts(variant: Variant, printer: Printer) -> tuple[Part, ...]:
    found = of_variant(variant, printer)
    return parts("", [group("", found)] if found else [])


def of_functions(printer: Printer) -> Iterator[Group]:
    found = [_definition(function, printer.of_function(function)) for function in printer.system.functions]
    if found:
        yield group("", found)


def _definition(function: Function, printer: Printer) -> Equation:
    given = joined([printer.symbol(parameter) for parameter in function.parameters], ", ", Level.OR)
    name = printer.symbols[f"{function.name}()"].tex
    left = delimited(given).around(name, "", 10.0, Level.ATOM)
    doc = escape(split(function.doc)[1])
    return Equation(f"{function.name}()", left, function.value, printer, name, doc=doc)
