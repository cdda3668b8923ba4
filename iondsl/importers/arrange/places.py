"""Where each variable of the source comes to stand: its block, and its name there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from iondsl.immutable import frozen
from iondsl.importers.arrange.facts import Facts
from iondsl.importers.arrange.gates import MEMBERS, is_inside
from iondsl.importers.foreign import Path, Variable
from iondsl.importers.naming import RESERVED_AT_THE_TOP, safe

# What no block may call something else: from inside it the potential could not be read.
HIDING = ("V",)


@frozen
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
    gates = gate_blocks(facts, components)
    found = {each.path: place(each, facts, components, gates) for each in facts.foreign.variables}
    return apart(found, facts, gates)


def blocks_of_currents(facts: Facts) -> dict[Path, tuple[str, ...]]:
    """The block of every membrane current, by the variable that enters the membrane equation."""
    components = component_names(facts)
    currents = () if facts.membrane is None else facts.membrane.currents
    return {path: current_block(path, facts, components) for path in currents}


def gate_blocks(facts: Facts, components: Mapping[str, str]) -> dict[Path, tuple[str, ...]]:
    """The blocks of gates; none has the name of a component, which could not be read from inside, nor is it `I`, which
    are the shares of a current.
    """
    taken = {*components.values(), *HIDING, "I"}
    found: dict[Path, tuple[str, ...]] = {}
    for state in facts.gates:
        component, _ = facts.nested.get(state[0], (state[0], state))
        block = (components[component], unused(safe("_".join(state[1:])), taken))
        while block in found.values():
            block = (block[0], f"{block[1]}_")
        found[state] = block
    return found


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


def place(
    variable: Variable, facts: Facts, components: Mapping[str, str], gates: Mapping[Path, tuple[str, ...]]
) -> Place:
    path, original = variable.path, ".".join(variable.path)
    block: tuple[str, ...] = (components[path[0]],)
    if path[0] in facts.nested:
        block = gates[facts.nested[path[0]][1]]
    if path == facts.potential:
        tag = "" if path[-1] == "V" else original
        return Place(("membrane",), "V", ("V",), tag)
    membrane = facts.membrane
    if membrane is not None and path == membrane.capacitance:
        return Place(("membrane",), "C", ("membrane", "C"), "" if path[-1] == "C" else original)
    if path in facts.renamed:
        block = current_block(path, facts, components)
        return Place(block, "I", block, "" if path[-1] in ("I", block[-1]) else original)
    if path in gates:
        *around, name = gates[path]
        same = gates[path] == (components[path[0]], path[-1])
        return Place(tuple(around), name, gates[path], "" if same else original)
    for gate in facts.gates.values():
        inside = gates[gate.state]
        if path in gate.moved:
            member = gate.moved[path]
            return Place(inside, member, (*inside, member), "" if path[-1] == member else original)
        if is_inside(path, gate.state):
            return named(inside, path[len(gate.state) - 1 :], original)
    return named(block, path, original)


def current_block(path: Path, facts: Facts, components: Mapping[str, str]) -> tuple[str, ...]:
    """The block of a current: that of its component, if it is the only one there."""
    alone = facts.is_current(path[0])
    return (components[path[0]],) if alone else (unused(safe(path[-1]), components.values()),)


def named(block: tuple[str, ...], path: Path, original: str) -> Place:
    """By its own name, behind those of the variables that it is nested in."""
    name = unused(safe("_".join(path[1:])), HIDING)
    return Place(block, name, (*block, name), "" if name == path[-1] else original)


def apart(found: dict[Path, Place], facts: Facts, gates: Mapping[Path, tuple[str, ...]]) -> dict[Path, Place]:
    """The same, with `_` behind names that would be two things in one block, or mean more than they do there."""
    taken = {place.block for place in found.values()}
    taken |= {(*block, "I") for block in blocks_of_currents(facts).values()}
    taken |= {(*gates[state], member) for state in facts.gates for member in MEMBERS}
    settled = {path for gate in facts.gates.values() for path in gate.moved}
    if facts.membrane is not None:
        taken.add(("membrane", "C"))
        settled |= {path for path in found if path == facts.membrane.capacitance}
    result = {}
    for path, place in found.items():
        name = place.name
        if place.path != place.block and path not in gates and path not in settled:
            while (*place.block, name) in taken:
                name = f"{name}_"
        taken.add((*place.block, name))
        here = place.path if name == place.name else (*place.block, name)
        result[path] = Place(place.block, name, here, place.tag if name == place.name else ".".join(path))
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
