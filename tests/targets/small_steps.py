"""Small hand-made steps, each for one thing that a target has to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from sympy import Dummy, Expr, Float, Symbol

from iondsl.step import Layout, Routine, Sample, Step

TIME, DT = Dummy("t", real=True), Dummy("dt", real=True)


def small_step(
    name: str,
    states: Mapping[Symbol, Expr],
    inputs: Sequence[Symbol] = (),
    samples: Sequence[Sample] = (),
    offsets: Sequence[Fraction] = (Fraction(0),),
    observed: Mapping[str, Expr] | None = None,
    varied: Iterable[Symbol] = (),
) -> Step:
    """`states` with their values after a step, starting at 0; `observed` by name. There are no parameters."""
    shown = observed or {}
    layout = Layout(tuple(x.name for x in states), (), tuple(u.name for u in inputs), tuple(shown))
    return Step(
        name=name,
        layout=layout,
        time=TIME,
        dt=DT,
        states=tuple(states),
        parameters=(),
        inputs=tuple(inputs),
        defaults=(),
        computed=(),
        input_defaults=(0.0,) * len(inputs),
        offsets=tuple(offsets),
        samples=tuple(samples),
        initial=Routine((), (), (Float(0.0),) * len(states)),
        advance=Routine((), (), tuple(states.values())),
        observe=Routine((), (), tuple(shown.values())),
        varied=frozenset(varied),
    )
