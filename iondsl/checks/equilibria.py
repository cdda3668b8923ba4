"""E329: states that are to begin where their reactions are at rest, where that cannot be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.joints import Joint, joints
from iondsl.errors import Diagnostic
from iondsl.system import System

MANY = 6


def check(system: System) -> Iterator[Diagnostic]:
    spans = {state.name: state.span for state in system.states}
    for joint in joints(system):
        if joint.bent:
            yield Diagnostic("E329", bent(joint), spans[joint.unknown[0]], number(joint))
        elif joint.pivots is None:
            states = listed((*joint.unknown, *joint.given))
            message = f"where reactions are at rest does not determine {states}"
            first = joint.unknown[0].rpartition(".")[2]
            cure = f"give a number, or what they are in total, as in `state {first} = total - ...`"
            yield Diagnostic("E329", message, spans[joint.unknown[0]], cure)


def bent(joint: Joint) -> str:
    """What is not linear, of what needs each other."""
    states, first = listed((*joint.unknown, *joint.given)), joint.bent[0]
    what = "its equation" if first in joint.unknown else f"`{first}`"
    return f"where {listed(joint.unknown)} begins cannot be worked out: {what} is not linear in {states}"


def number(joint: Joint) -> str:
    return f"give one of them a number: `state {joint.unknown[0].rpartition('.')[2]} = 0`"


def listed(names: tuple[str, ...]) -> str:
    shown = [f"`{name}`" for name in names]
    if len(shown) > MANY:
        shown = [*shown[:MANY], f"{len(shown) - MANY} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
