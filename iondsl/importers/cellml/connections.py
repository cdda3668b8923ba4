"""Connected variables are one number, and one of them is where it is defined."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.instances import Declared, Instance, Wire
from iondsl.units import same_dimension

Sources = dict[Declared, Declared]


def sources(
    instances: Iterable[Instance], wires: Iterable[Wire], computed: Collection[Declared], findings: Findings
) -> Sources:
    """For each variable the one that stands for it. `computed` are those that an equation of their component defines.

    In CellML 1.0 and 1.1 that is the one which is no input. In 2.0 nothing says it: it is the one with the equation,
    else the one with the initial value, else the first that its own component does not read.
    """
    found: Sources = {}
    for group in groups(instances, wires, findings):
        if group[0].instance.document.version == "2.0":
            source = min(group, key=lambda each: likely(each, computed))
        else:
            source = only_source(group, findings)
        found |= dict.fromkeys(group, source)
    return found


def likely(variable: Declared, computed: Collection[Declared]) -> tuple[bool, bool, bool]:
    """What comes first is where a number is defined; what is only given, such as time, where it is not read."""
    return variable not in computed, variable.element.get("initial_value") is None, variable.is_read


def only_source(group: list[Declared], findings: Findings) -> Declared:
    """E641 where two of them claim to be it."""
    given = [each for each in group if not each.is_input]
    for other in given[1:]:
        message = f"`{other.text}` is connected with `{given[0].text}`, and neither is an input"
        findings.add("E641", message, other.element.tag, 'one of them needs an interface "in"')
    return (given or group)[0]


def groups(instances: Iterable[Instance], wires: Iterable[Wire], findings: Findings) -> list[list[Declared]]:
    """The variables in the order of the file, those that are connected with each other together."""
    group: dict[Declared, list[Declared]] = {}
    for instance in instances:
        for variable in instance.variables.values():
            group[variable] = [variable]
    for wire in wires:
        one, other = wire.ends
        check_units(wire, findings)
        if group[one] is not group[other]:
            joined = group[one] + group[other]
            group |= dict.fromkeys(joined, joined)
    place = {variable: number for number, variable in enumerate(group)}
    return [sorted(each, key=place.__getitem__) for each in {id(each): each for each in group.values()}.values()]


def check_units(wire: Wire, findings: Findings) -> None:
    """E642 where no factor turns the units of one end into those of the other."""
    one, other = wire.ends
    if one.unit is None or other.unit is None or same_dimension(one.unit.unit, other.unit.unit):
        return
    message = f"`{one.text}` in [{one.unit.unit}] is connected with `{other.text}` in [{other.unit.unit}]"
    findings.add("E642", message, wire.element.tag, "connected variables have units of the same dimension")
