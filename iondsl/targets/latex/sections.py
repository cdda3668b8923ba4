"""The sections that a reader looks for: membrane, currents with their gates, spaces, ions, the rest; tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from iondsl.system import Current, Flux, Function, Network, System, Variant
from iondsl.targets.latex import reactions
from iondsl.targets.latex.author import split
from iondsl.targets.latex.balances import notes
from iondsl.targets.latex.box import Level, delimited, joined
from iondsl.targets.latex.carried import carries
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
from iondsl.targets.latex.text import escape
from iondsl.targets.latex.variants import of_variant

SCHEME = "Each occupancy gains what comes in along the arrows, and loses what goes out; all of them sum to 1."

Blocks = Mapping[str, tuple[Equation, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """A current, or another block with an own heading; `factors` are sentences on what its equations convert."""

    title: str
    groups: tuple[Group, ...]
    factors: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    parts: tuple[Part, ...] = ()
    table: Table | None = None


def sections(printer: Printer) -> tuple[Section, ...]:
    """Equations, then tables; every section that has something in it."""
    system = printer.system
    blocks = blocks_of(printer)
    of_ions = [equation for ion in system.ions for equation in blocks.get(ion.name, ())]
    of_spaces = [each for space in system.spaces for block in below(space.name, blocks) for each in blocks[block]]
    of_laws = list(laws(printer))
    found = (
        Section("Membrane potential", parts("", groups(["membrane"], blocks, printer))),
        Section("Currents", tuple(part for each in system.currents for part in of_current(each, blocks, printer))),
        Section("Fluxes", tuple(part for each in system.fluxes for part in of_current(each, blocks, printer))),
        Section("Reactions", tuple(of_reaction(each, blocks, printer) for each in reactions.of_system(system))),
        Section("Spaces", parts("", [group("", of_spaces)] if of_spaces else []), spaces(printer)),
        Section("Ions", parts("", [group("", of_ions, notes(printer))] if of_ions else []), ions(printer)),
        Section("Other quantities", parts("", groups(others(blocks, system), blocks, printer))),
        Section("Conservation laws", parts("", [group("", of_laws)] if of_laws else [])),
        Section("Functions", parts("", of_functions(printer))),
        *(Section(f"Variant {escape(each.name)}", variant_parts(each, printer)) for each in system.variants),
        *(Section(title, table=table) for title, table in tables(printer)),
        Section("Events", table=events(printer)),
        Section("Protocols", table=protocols(printer)),
    )
    return tuple(section for section in found if section.parts or section.table)


def others(blocks: Blocks, system: System) -> list[str]:
    """The blocks that are neither membrane nor ion, and stand in no current, flux or space."""
    taken = {"membrane", *(ion.name for ion in system.ions)}
    reacting = (network.name for network in reactions.of_system(system))
    around = (*names_of_flows(system), *reacting, *(space.name for space in system.spaces))
    taken |= {block for name in around for block in below(name, blocks)}
    return [block for block in blocks if block not in taken]


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


def parts(title: str, found: Iterable[Group]) -> tuple[Part, ...]:
    """One part, where there is something to put into it."""
    found = tuple(found)
    return (Part(title, found, sentence(each for group in found for each in group.factors)),) if found else ()


def of_current(current: Current | Flux, blocks: Blocks, printer: Printer) -> tuple[Part, ...]:
    symbol, doc = printer.symbols[current.name], escape(split(current.doc)[1])
    inside = sorted(below(current.name, blocks), key=lambda block: block != current.name)
    return parts(f"${symbol.tex}$" + (f", {doc}" if doc else ""), groups(inside, blocks, printer))


def of_reaction(network: Network, blocks: Blocks, printer: Printer) -> Part:
    doc = escape(split(network.doc)[1])
    found = (reactions.arrows(network, printer), *groups(below(network.name, blocks), blocks, printer))
    (part,) = parts(escape(network.name) + (f", {doc}" if doc else ""), found)
    return part


def groups(names: Iterable[str], blocks: Blocks, printer: Printer) -> Iterator[Group]:
    flows: tuple[Current | Flux, ...] = (*printer.system.currents, *printer.system.fluxes)
    carried = {flow.name: carries(flow, printer) for flow in flows}
    networks = {network.name: network for network in schemes(printer.system)}
    for name in names:
        if name in blocks:
            picture = diagram(networks[name], printer) if name in networks else ""
            note = SCHEME if picture else carried.get(name, "")
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
    titled = (*names_of_flows(system), *(network.name for network in reactions.of_system(system)))
    is_part = block not in ("", "membrane", *titled)
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
