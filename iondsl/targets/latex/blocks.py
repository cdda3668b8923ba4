"""The equations of a document by the blocks that they stand in, each current and reaction with a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from iondsl.sentences import headline
from iondsl.system import Current, Flux, Network, System
from iondsl.targets.latex import reactions
from iondsl.targets.latex.author import split
from iondsl.targets.latex.carried import carries
from iondsl.targets.latex.cells import cell_of, within
from iondsl.targets.latex.diagram import diagram
from iondsl.targets.latex.equations import Equation, equations
from iondsl.targets.latex.factors import sentence
from iondsl.targets.latex.groups import Group, group
from iondsl.targets.latex.homes import with_a_section
from iondsl.targets.latex.kinetics import schemes
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.provenance import comes_from
from iondsl.targets.latex.text import escape

LONGEST_HEADING = 70
SCHEME = "Each occupancy gains what comes in along the arrows, and loses what goes out; all of them sum to 1."

Blocks = Mapping[str, tuple[Equation, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """A current, or another block with an own heading.

    `text` is what its author says of it beyond the heading, `factors` are sentences on what its equations convert.
    """

    title: str
    groups: tuple[Group, ...]
    factors: str
    text: str = ""


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
    first, others = map(escape, summary(split(doc)[1]))
    heading = ", ".join(filter(None, (title, first)))
    return (Part(heading, found, sentence(each for group in found for each in group.factors), others),) if found else ()


def summary(doc: str) -> tuple[str, str]:
    """What fits into a heading, and the text below it: all of it, where a first sentence is too long."""
    first, others = headline(doc)
    if len(first) <= LONGEST_HEADING:
        return first, others
    start = first.partition(",")[0]
    return (start, doc) if len(start) <= LONGEST_HEADING else ("", doc)


def of_current(current: Current | Flux, blocks: Blocks, printer: Printer) -> tuple[Part, ...]:
    inside = sorted(below(current.name, blocks), key=lambda block: block != current.name)
    return parts(f"${printer.symbols[current.name].tex}$", groups(inside, blocks, printer), current.doc)


def of_reaction(network: Network, blocks: Blocks, printer: Printer) -> Part:
    arrows = reactions.arrows(network, printer)
    said = " ".join(filter(None, (comes_from(network.name, printer.system), arrows.notes)))
    found = (replace(arrows, notes=said), *groups(below(network.name, blocks), blocks, printer))
    (part,) = parts(escape(network.name), found, network.doc)
    return part


def groups(names: Iterable[str], blocks: Blocks, printer: Printer) -> Iterator[Group]:
    flows: dict[str, Current | Flux] = {each.name: each for each in printer.system.currents}
    flows |= {each.name: each for each in printer.system.fluxes}
    networks = {network.name: network for network in schemes(printer.system)}
    told = {part.name for part in with_a_section(printer.system)}
    told |= {network.name for network in reactions.of_system(printer.system)}
    for name in names:
        if name in blocks:
            picture = diagram(networks[name], printer) if name in networks else ""
            note = SCHEME if picture else carries(flows[name], printer) if name in flows else ""
            said = "" if name in told else comes_from(name, printer.system)
            yield group(heading(name, printer), blocks[name], " ".join(filter(None, (said, note))), picture)


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
    titled = (*titled, *(part.name for part in with_a_section(system)))
    is_part = around not in ("", "membrane") and block not in titled
    return escape(block.rpartition(".")[2]) if is_part else ""
