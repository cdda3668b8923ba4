"""Arithmetic of literals, done once and exactly, and names that stand for a literal or another name put in."""

from __future__ import annotations

from sympy import Expr, Symbol

from iondsl.algebra import substitute
from iondsl.analysis.literals import folded
from iondsl.passes._routines import each_routine, of_parts
from iondsl.step import Assignment, Routine, Step


def rewrite(step: Step) -> Step:
    return each_routine(step, without_constants)


def without_constants(routine: Routine) -> Routine:
    known: dict[Symbol, Expr] = {}
    parts = [remaining(part, known) for part in routine.parts]
    return of_parts(parts, tuple(folded(substitute(output, known)) for output in routine.outputs))


def remaining(assignments: tuple[Assignment, ...], known: dict[Symbol, Expr]) -> tuple[Assignment, ...]:
    """The assignments that compute something; the others are added to what is known."""
    kept = []
    for assignment in assignments:
        value = folded(substitute(assignment.value, known))
        if value.args:
            kept.append(Assignment(assignment.target, value))
        else:
            known[assignment.target] = value
    return tuple(kept)
