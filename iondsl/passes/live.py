"""Drop what no output needs."""

from __future__ import annotations

from sympy import Symbol

from iondsl.algebra import symbols_of
from iondsl.passes._routines import each_routine, of_parts
from iondsl.step import Assignment, Routine, Step


def rewrite(step: Step) -> Step:
    return each_routine(step, needed)


def needed(routine: Routine) -> Routine:
    used: set[Symbol] = set()
    for output in routine.outputs:
        used |= symbols_of(output)
    parts = [keep(part, used) for part in reversed(routine.parts)]
    return of_parts(reversed(parts), routine.outputs)


def keep(assignments: tuple[Assignment, ...], used: set[Symbol]) -> tuple[Assignment, ...]:
    """The assignments whose targets are used, from the last to the first; adds what they use."""
    kept = []
    for assignment in reversed(assignments):
        if assignment.target in used:
            used |= symbols_of(assignment.value)
            kept.append(assignment)
    return tuple(reversed(kept))
