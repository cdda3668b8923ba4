"""Lines of variants that restate lines of used parts: they mean what they would below the `use`.

So a bound name is bound in them too, and what the part reads from outside is in the units of its library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from iondsl.elaborate.restating import Line, Originals, shown
from iondsl.elaborate.scope import MAIN
from iondsl.elaborate.use.finding import Surroundings
from iondsl.elaborate.variants import lines
from iondsl.immutable import frozen
from iondsl.syntax import Block, Definition, Derivative, Program, Statement

Expand = Callable[[Block, Surroundings], Block | None]


@frozen
class Place:
    """A `use`, what stands around it, and how many names lead to it from the top of the file."""

    use: Block
    around: Surroundings
    depth: int


def varied(variant: Block, program: Program, expand: Expand) -> Block:
    """A variant of a file as it was written. `expand` gives what a `use` brings."""
    whole = {id(line): line for line in lines(variant)}
    places: dict[int, tuple[Place, list[Line]]] = {}
    for line in whole.values():
        place = place_of(line, program)
        if place is not None:
            places.setdefault(id(place.use), (place, []))[1].append(line)
    for place, mine in places.values():
        whole |= dict(adapted(place, mine, expand))
    return replace(variant, body=tuple(whole.get(id(each), each) for each in variant.body))


def place_of(line: Line, program: Program) -> Place | None:
    """The `use` that brings what a line restates."""
    around: Surroundings = (program.body,)
    for depth, name in enumerate(line.name.path, 1):
        block = next((each for each in around[-1] if isinstance(each, Block) and each.name == name), None)
        if block is None:
            return None
        if block.keyword == "use":
            return Place(block, around, depth)
        around = (*around, block.body)
    return None


def adapted(place: Place, mine: list[Line], expand: Expand) -> Iterator[tuple[int, Line]]:
    """Each line with the right side that it has in the part."""
    plain = expand(place.use, place.around)
    if plain is None:
        return
    originals = Originals.of(Program(plain.span.source, plain.body))
    relative = {id(line): inside(line, place, plain) for line in mine}
    known = [each for each in relative.values() if originals.key(each) is not None or is_gate(each, plain)]
    given = {shown(each) for each in known}
    others = tuple(each for each in place.use.body if not (isinstance(each, Line) and shown(each) in given))
    block = expand(replace(place.use, body=(*others, *known)), place.around)
    if block is not None:
        found = Originals.of(Program(block.span.source, block.body))
        for line in mine:
            made = block if is_gate(relative[id(line)], block) else found.named.get(found.key(relative[id(line)]) or "")
            yield id(line), taken_over(line, made)


def inside(line: Line, place: Place, block: Block) -> Line:
    """The line as it stands below the `use`: a current by its name is its `I`."""
    path = line.name.path[place.depth :] or (MAIN.get(block.keyword, block.name),)
    return replace(line, name=replace(line.name, path=path))


def is_gate(line: Line, block: Block) -> bool:
    """Whether it gives the part itself, a gate, its initial value."""
    return block.keyword == "gate" and line.name.path == (block.name,)


def taken_over(line: Line, made: Statement | None) -> Line:
    """A line that was refused stands nowhere, and stays as it is."""
    match made:
        case Definition(value=value) | Derivative(value=value) if value is not None and made.span == line.span:
            return replace(line, value=value, unit=made.unit)
        case Block(value=value) if value is not None:
            return replace(line, value=value)
    return line
