"""The block that a `use` names, as it stands in its file."""

from __future__ import annotations

from collections.abc import Iterable

from iondsl.elaborate.places import WITHIN
from iondsl.elaborate.scope import Report
from iondsl.errors import Diagnostic, suggestion
from iondsl.immutable import frozen
from iondsl.syntax import ANY, Block, Program, Statement

# The statements around a place, those of the file first.
Surroundings = tuple[tuple[Statement, ...], ...]

NO_PARTS = ("model", "protocol", "variant", "on")
PARTS = tuple(keyword for keyword in WITHIN if keyword not in NO_PARTS)


@frozen
class Found:
    """A block, or a `use` that stands for one, what stands around it, and what it is called there."""

    block: Block
    around: Surroundings

    @property
    def name(self) -> str:
        return self.block.name


def find(line: Block, program: Program, around: Surroundings, report: Report) -> Found | None:
    """The block that a `use` means: the nearest of its first name, then the blocks inside it. E371 without one."""
    assert line.origin is not None
    first, *rest = line.origin.path
    for depth in range(len(around), 0, -1):
        block = named(first, around[depth - 1], but=line)
        if block is None:
            continue
        found = Found(block, around[:depth])
        for each in rest:
            inner = named(each, found.block.body)
            if inner is None:
                report(missing(line, found.block.body, program))
                return None
            found = Found(inner, (*found.around, found.block.body))
        return found
    if not program.unread & {first, ANY}:
        report(missing(line, around[-1] if line.library is None else program.body, program))
    return None


def named(name: str, body: Iterable[Statement], but: Block | None = None) -> Block | None:
    blocks = (each for each in body if isinstance(each, Block) and each is not but)
    return next((each for each in blocks if each.name == name and each.keyword in (*PARTS, "use")), None)


def missing(line: Block, body: tuple[Statement, ...], program: Program) -> Diagnostic:
    """What there is instead: a thing of that name that is no part, another spelling, or all that there is."""
    assert line.origin is not None
    name = line.origin.text
    where = "this file" if line.library is None else f"`{program.source.name}`"
    blocks = [each for each in body if isinstance(each, Block)]
    other = next((each for each in blocks if each.name == line.origin.path[-1] and each.keyword in NO_PARTS), None)
    if other is not None:
        cure = "parts are ions, currents, gates and other blocks of equations"
        return Diagnostic("E371", f"the {other.keyword} `{name}` is no part", line.origin.span, cure)
    known = list(dict.fromkeys(each.name for each in blocks if each.keyword in (*PARTS, "use") and each is not line))
    cure = suggestion(line.origin.path[-1], known)
    cure = cure or (f"its parts: {', '.join(f'`{each}`' for each in known[:10])}" if known else "it has no parts")
    return Diagnostic("E371", f"{where} has no part `{name}`", line.origin.span, cure)
