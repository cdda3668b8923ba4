"""What `iondsl models` lists: of each model its size, its species and its sources, on a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from iondsl.errors import visible
from iondsl.show.words import INDENT
from iondsl.system import System

WIDTH = 80


def listed(system: System, width: int) -> Iterator[str]:
    """The lines of one model; `width` is that of the longest name."""
    heading = f"{system.name:{width}}  {size(system):>9}  {', '.join(species(system))}".rstrip()
    variants = f"variants: {', '.join(variant.name for variant in system.variants)}" if system.variants else ""
    yield visible(heading)
    for line in (system.doc, variants, ", ".join(system.cites)):
        wrapped = textwrap.wrap(line, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False)
        yield from map(visible, wrapped)


def size(system: System) -> str:
    states = sum(not state.is_start for state in system.states)
    return f"{states} state{'' if states == 1 else 's'}"


def species(system: System) -> tuple[str, ...]:
    """Its ions, each once; those of compartments by the names that they have there."""
    return tuple(dict.fromkeys(ion.name.rpartition(".")[2] for ion in system.ions))
