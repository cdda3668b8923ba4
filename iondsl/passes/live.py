"""Drop what no output needs."""

from __future__ import annotations

from sympy import Symbol

from iondsl.passes._routines import each_routine
from iondsl.step import Assignment, Routine, Step


def rewrite(step: Step) -> Step:
    return each_routine(step, needed)


def needed(routine: Routine) -> Routine:
    used: set[Symbol] = set()
    for output in routine.outputs:
        used |= output.free_symbols
    body = keep(routine.body, used)
    return Routine(keep(routine.hoisted, used), body, routine.outputs)


def keep(assignments: tuple[Assignment, ...], used: set[Symbol]) -> tuple[Assignment, ...]:
    """The assignments whose targets are used, from the last to the first; adds what they use."""
    kept = []
    for assignment in reversed(assignments):
        if assignment.target in used:
            used |= assignment.value.free_symbols
            kept.append(assignment)
    return tuple(reversed(kept))
