"""What a model is built from, as a tree: its blocks, where used parts come from, what was restated and bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iondsl.elaborate import variants
from iondsl.elaborate.restating import Originals
from iondsl.errors import visible
from iondsl.show.branches import Node, lines
from iondsl.show.words import line_of
from iondsl.source import Source, Span
from iondsl.syntax import Block, Carrier, Program, Restated, Statement, Used

APART = ("model", "variant", "on")


def tree(program: Program, variant: str = "") -> Iterator[str]:
    """The lines for a program whose parts stand in their places, with all variants or the one that is chosen."""
    restating = (each for each in variants.of(program) if variant in ("", each.name))
    below = (*nodes(program.body, program.source), *(of_variant(each, program) for each in restating))
    title = "library" if program.header is None else f"model {program.header.name}"
    yield from map(visible, lines(Node(title, program.source.name, below)))


def nodes(body: Iterable[Statement], model: Source) -> Iterator[Node]:
    for each in body:
        if isinstance(each, Block) and each.keyword not in APART:
            inside = tuple(nodes(each.body, model))
            if each.used is None:
                yield Node(titled(each), line_of(each.span), inside)
            else:
                yield Node(titled(each), place(each.used, model), (*provenance(each.used, model), *inside))


def titled(block: Block) -> str:
    """`current I_NaCa as I_NaCa_ss carries 3 Na.ss, -1 Ca.ss`."""
    name = block.name if block.used is None else used_as(block.used, block.name)
    return " ".join((block.keyword, *(() if name == block.keyword else (name,)), *moved(block)))


def moved(block: Block) -> Iterator[str]:
    if block.carries:
        yield f"carries {', '.join(map(carried, block.carries))}"
    if block.ends is not None:
        yield f"from {block.ends[0].text} to {block.ends[1].text}"


def carried(carrier: Carrier) -> str:
    return carrier.ion.text if carrier.coefficient is None else f"{carrier.coefficient} {carrier.ion.text}"


def used_as(used: Used, name: str) -> str:
    return name if used.part == name else f"{used.part} as {name}"


def place(used: Used, model: Source) -> str:
    """Where a part comes from, and where it is used."""
    is_own = used.library is model
    there = line_of(used.header) if is_own else f"{used.library.seen_from(model)}:{used.header.line}"
    return f"{there}, used in {line_of(used.line)}"


def provenance(used: Used, model: Source) -> Iterator[Node]:
    """The lines of its `use`, and those of the one that it is a copy of."""
    yield from map(changed, used.restated)
    if used.of is not None:
        yield Node(f"{used.part} is {used.of.part}", place(used.of, model), tuple(provenance(used.of, model)))


def changed(line: Restated) -> Node:
    if line.original is None:
        return Node(f"bound: {line.span.as_written}", line_of(line.span))
    return restated(line.span, line.original)


def restated(line: Span, original: Span) -> Node:
    was = Node(f"for: {original.as_written}", line_of(original))
    return Node(f"restated: {line.as_written}", line_of(line), (was,))


def of_variant(block: Block, program: Program) -> Node:
    """A variant, with the lines that it restates."""
    originals = Originals.of(program)
    found = ((line, originals.key(line)) for line in variants.lines(block))
    below = tuple(restated(line.span, originals.named[key].span) for line, key in found if key is not None)
    return Node(f"variant {block.name}", line_of(block.span), below)
