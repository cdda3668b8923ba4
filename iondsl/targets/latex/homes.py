"""Where blocks are printed: those of a compartment together, and those of a used part."""

from __future__ import annotations

from iondsl.system import Part, System
from iondsl.targets.latex.cells import cell_of


def home_of(name: str, system: System) -> str:
    """The compartment or the part in whose section a block stands; empty for the model itself."""
    around = (part.name for part in with_a_section(system) if f"{name}.".startswith(f"{part.name}."))
    return cell_of(name, system) or next(around, "")


def with_a_section(system: System) -> tuple[Part, ...]:
    """Used blocks that are more than a current, an ion or another thing that has its place in a document."""
    return tuple(part for part in system.parts if part.keyword == "part" and "." not in part.name)
