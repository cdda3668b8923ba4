"""Where each variable of the source comes to stand: its block, and its name there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iondsl.importers.arrange.facts import Facts
from iondsl.importers.foreign import Path, Variable
from iondsl.importers.naming import RESERVED_AT_THE_TOP, safe


@dataclass(frozen=True, slots=True)
class Place:
    """`block` is the path of the block in which it is declared, `name` its name there, `path` how it is called.

    `tag` is the source's name, where this one is another.
    """

    block: tuple[str, ...]
    name: str
    path: tuple[str, ...]
    tag: str = ""


def places(facts: Facts) -> dict[Path, Place]:
    """The places of all variables, in the order of the file."""
    components = component_names(facts)
    found: dict[Path, Place] = {}
    for variable in facts.foreign.variables:
        found[variable.path] = place(variable, facts, components)
    return apart(found, facts)


def component_names(facts: Facts) -> dict[str, str]:
    """The names of the blocks of components: `membrane` is only for that of the potential."""
    time = facts.foreign.time
    taken = {*RESERVED_AT_THE_TOP, *(() if time is None else (time.path[-1],))}
    taken |= {each.name for each in facts.foreign.functions}
    found = {}
    for component in facts.foreign.components:
        name = safe(component.name)
        if name in taken or (name == "membrane" and not is_of_potential(component.name, facts)):
            name = unused(name, taken)
        taken.add(name)
        found[component.name] = name
    return found


def is_of_potential(component: str, facts: Facts) -> bool:
    return facts.potential is not None and facts.potential[0] == component


def place(variable: Variable, facts: Facts, components: Mapping[str, str]) -> Place:
    path, original = variable.path, ".".join(variable.path)
    block = (components[path[0]],)
    if path == facts.potential:
        tag = "" if path[-1] == "V" else original
        return Place(("membrane",), "V", ("V",), tag)
    membrane = facts.membrane
    if membrane is not None and path == membrane.capacitance:
        return Place(("membrane",), "C", ("membrane", "C"), "" if path[-1] == "C" else original)
    if membrane is not None and path in membrane.currents:
        alone = facts.is_current(path[0])
        block = block if alone else (unused(safe(path[-1]), set(components.values())),)
        return Place(block, "I", block, "" if alone and path[-1] == "I" else original)
    if path in facts.gates:
        return named(block, path, original)
    for gate in facts.gates.values():
        inside = (*block, safe("_".join(gate.state[1:])))
        if path in gate.moved:
            member = gate.moved[path]
            return Place(inside, member, (*inside, member), "" if path[-1] == member else original)
        if len(path) > len(gate.state) and path[: len(gate.state)] == gate.state:
            return named(inside, path[len(gate.state) - 1 :], original)
    return named(block, path, original)


def named(block: tuple[str, ...], path: Path, original: str) -> Place:
    """By its own name, behind those of the variables that it is nested in."""
    name = safe("_".join(path[1:]))
    return Place(block, name, (*block, name), "" if name == path[-1] else original)


def apart(found: dict[Path, Place], facts: Facts) -> dict[Path, Place]:
    """The same, with `_` behind names that would be two things in one block."""
    taken = Counter[tuple[str, ...]]()
    blocks = {place.block for place in found.values()}
    result = {}
    for path, place in found.items():
        name, key = place.name, (*place.block, place.name)
        own = place.path == place.block or path in facts.gates
        while taken[key] or (key in blocks and not own):
            name = f"{name}_"
            key = (*place.block, name)
        taken[key] += 1
        if name != place.name:
            place = Place(place.block, name, (*place.block, name), ".".join(path))
        result[path] = place
    return result


def unused(name: str, taken: Iterable[str]) -> str:
    known = set(taken)
    while name in known:
        name = f"{name}_"
    return name


def model_name(name: str) -> str:
    """A name for the model, of what may be a title."""
    words = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
    return safe(words if re.match("[A-Za-z]", words) else f"model_{words}".rstrip("_"))
