"""What `iondsl parts` prints of one part: what it is and from where, what to type, what it reads, its equations."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from iondsl.catalogue import Part
from iondsl.errors import visible
from iondsl.show.equations import blocks, events
from iondsl.show.networks import network_rows
from iondsl.show.tables import rows, section
from iondsl.show.words import INDENT, WIDTH, Row, bracketed, plain
from iondsl.syntax import Name
from iondsl.system import Kind, Quantity, System
from iondsl.traversal import walk

TEMPERATURE = "T"
# What the library books on a pool is not what the user's model does.
BOOKED = ".influx"


def show_part(library: System, part: Part) -> Iterator[str]:
    """The lines of a part of a library, at most 100 characters wide where they can be broken."""
    own, read = extent(library, part.name)
    needed = section("reads from the model", (*map(read_row, read), *space_rows(library, part.name, read)))
    yield from map(visible, (*title(part), *needed, *body(own, part)))


def title(part: Part) -> Iterator[str]:
    yield part.head
    for paragraph in (part.doc, *part.citations):
        yield from textwrap.wrap(paragraph, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
    yield from ("", f"to type ({part.file}, line {part.line})", f"{INDENT}{part.use}")


def read_row(quantity: Quantity) -> Row:
    """Name, unit, documentation."""
    name = "temperature" if quantity.name == TEMPERATURE else quantity.name
    return name, bracketed(quantity.unit), plain(quantity.doc)


def space_rows(library: System, ion: str, read: tuple[Quantity, ...]) -> Iterator[Row]:
    """The spaces in which the part, an ion, takes up what is booked on it, unless their size is read as a port."""
    known = {quantity.name: quantity for quantity in library.quantities}
    for pool in (each for ions in library.ions if ions.name == ion for each in ions.concentrations):
        takes_up = pool.quantity in known and f"{pool.quantity}.influx" in names_in(known[pool.quantity])
        if takes_up and not any(quantity.block == pool.space for quantity in read):
            yield f"space {pool.space}", "", f"with a volume or a depth, for what is booked on {pool.quantity}"


def body(own: System, part: Part) -> Iterator[str]:
    """Its tables and equations; the text of its own block stands above."""
    yield from section("parameters", rows(own.parameters))
    yield from section("inputs", rows(own.inputs))
    yield from section("states", rows(own.states))
    for heading, keyword in (("transitions", "markov"), ("reactions", "reaction")):
        yield from section(heading, network_rows(own, keyword))
    for title_lines, lines in blocks(own):
        block, _, _ = title_lines[0].partition(":")
        yield from ("", *([block] if block.endswith(f" {part.name}") else title_lines), *lines)
    yield from events(own)


def extent(library: System, part: str) -> tuple[System, tuple[Quantity, ...]]:
    """A part with what comes along with it, and what it reads of the model in which it is used."""
    known = {quantity.name: quantity for quantity in library.quantities if not quantity.name.endswith(BOOKED)}
    inside = {name for name in known if within(name, part)}
    read: set[str] = set()
    waiting = sorted(inside)
    while waiting:
        quantity = known[waiting.pop()]
        for name in names_in(quantity) & known.keys() - inside - read:
            if is_port(known[name], library):
                read.add(name)
            else:
                inside.add(name)
                waiting.append(name)
    return restricted(library, part, inside), tuple(known[name] for name in known if name in read)


def names_in(quantity: Quantity) -> set[str]:
    nodes = (node for formula in quantity.formulas for node in walk(formula.expanded))
    return {node.text for node in nodes if isinstance(node, Name)}


def is_port(quantity: Quantity, library: System) -> bool:
    """Whether the model has it: its inputs and its temperature, and what ions, spaces and the membrane have."""
    outside = {*(ion.name for ion in library.ions), *(space.name for space in library.spaces), "membrane"}
    return quantity.kind is Kind.INPUT or quantity.name == TEMPERATURE or quantity.block.split(".")[0] in outside


def restricted(library: System, part: str, names: set[str]) -> System:
    """The part alone."""
    return replace(
        library,
        quantities=tuple(quantity for quantity in library.quantities if quantity.name in names),
        networks=tuple(network for network in library.networks if within(network.name, part)),
        events=tuple(event for event in library.events if within(event.name, part)),
        parts=tuple(each for each in library.parts if within(each.name, part)),
    )


def within(name: str, block: str) -> bool:
    return name == block or name.startswith(f"{block}.")
