"""Applying a rewrite to every routine of a step, and to every expression of a routine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sympy import Expr

from iondsl.step import Assignment, Routine, Step


def each_routine(step: Step, rewrite: Callable[[Routine], Routine]) -> Step:
    return replace(
        step,
        initial=rewrite(step.initial),
        advance=rewrite(step.advance),
        observe=rewrite(step.observe),
        watch=rewrite(step.watch),
    )


def each_expression(routine: Routine, change: Callable[[Expr], Expr]) -> Routine:
    return Routine(
        tuple(Assignment(each.target, change(each.value)) for each in routine.hoisted),
        tuple(Assignment(each.target, change(each.value)) for each in routine.body),
        tuple(change(output) for output in routine.outputs),
    )
