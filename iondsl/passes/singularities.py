"""Removable 0/0: `0.1*(V + 40)/(1 - exp(-(V + 40)/10))` becomes `1/exprel(-(V + 40)/10)`, accurate at -40 mV too."""

from __future__ import annotations

from sympy import Symbol

from iondsl.analysis.removal import Removal
from iondsl.passes._routines import each_expression, each_routine
from iondsl.step import Routine, Step


def rewrite(step: Step) -> Step:
    fixed = frozenset((*step.parameters, step.dt))
    return each_routine(step, lambda routine: without_singularities(routine, fixed))


def without_singularities(routine: Routine, fixed: frozenset[Symbol]) -> Routine:
    definitions = {each.target: each.value for each in routine.assignments}
    removal = Removal(fixed, definitions)
    return each_expression(routine, removal.expression)
