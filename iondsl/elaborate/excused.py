"""Whether an error that was reported explains why a name is unknown."""

from __future__ import annotations

from iondsl.elaborate.scope import TEMPERATURE, Scope


def is_excused(path: tuple[str, ...], scope: Scope) -> bool:
    """Of a name that was looked up from a block."""
    if any(outer.excuses(path[0]) for outer in scope.outward()):
        return True
    if path == ("T",):
        return TEMPERATURE in scope.root.absent
    if path[-1] == "V" and lacks_potential(path[:-1], scope):
        return True
    if path[-1] == "E" and not scope.root.declares("T") and "T" in scope.root.absent:
        return could_have_potential(path, scope)
    blocks = (scope.block_at(path[:end]) for end in range(1, len(path)))
    return any(block is not None and block.excuses(path[end]) for end, block in enumerate(blocks, 1))


def lacks_potential(cell: tuple[str, ...], scope: Scope) -> bool:
    """Whether the V of a cell is broken."""
    home = scope.cell_at(cell)
    membrane = None if home is None else home.membrane
    return membrane is not None and membrane.excuses("V")


def could_have_potential(path: tuple[str, ...], scope: Scope) -> bool:
    """Whether nothing but the temperature is missing for the `E` of an ion."""
    ion = scope.block_at(path[:-1]) if len(path) > 1 else scope
    return ion is not None and ion.keyword == "ion" and all(ion.holder(member) is not None for member in ("i", "o"))
