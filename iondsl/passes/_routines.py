"""Applying a rewrite to every routine of a step, and to every expression of a routine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    parts = (tuple(Assignment(each.target, change(each.value)) for each in part) for part in routine.parts)
    return of_parts(parts, tuple(change(output) for output in routine.outputs))


def of_parts(parts: Iterable[tuple[Assignment, ...]], outputs: tuple[Expr, ...]) -> Routine:
    """The routine of four parts in the order of `Routine.parts`."""
    hoisted, own, uniform, body = parts
    return Routine(hoisted, body, outputs, own, uniform)
