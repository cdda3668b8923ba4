"""A foreign file, and what iondsl makes of it: derivatives to rounding noise, the first action potential to 1e-3 mV."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import iondsl
from iondsl.simulate.kernel import Array
from tests.parity import exact, points
from tests.parity.course import RightSides, course, inputs_of, of_cell, of_source
from tests.parity.ours import ACCEPTED, noises
from tests.parity.source import Source, source
from tests.parity.spans import Span, spans

CLOSE = 1e-3  # mV
TARGETS = ("numpy", "c")


@dataclass(frozen=True, slots=True)
class Found:
    """What one target makes of a file.

    `noises` is the largest error of a derivative in units of rounding noise, and `worst` the state that has it; `apart`
    the largest distance from the source's course, in mV, or of a model without a potential in 1000ths of each state's
    range.
    """

    target: str
    noises: float
    worst: str
    apart: float

    @property
    def accepted(self) -> bool:
        return self.noises <= ACCEPTED and self.apart < CLOSE


@dataclass(frozen=True, slots=True)
class Compared:
    """`peak` is that of the source's potential, `undefined` where its derivatives have no value."""

    file: str
    states: int
    peak: float
    found: tuple[Found, ...]
    undefined: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        return bool(self.found) and all(each.accepted for each in self.found)


def compare(path: str | Path, targets: tuple[str, ...] = TARGETS, with_course: bool = True) -> Compared:
    """Both sides of a file. Raises what reading it raises, and ValueError where ours has other states.

    Without a course, the distance from it is 0 and the peak NaN.
    """
    theirs, model = source(path), iondsl.load(exact.place(path))
    rows = same_states(theirs, model)
    parts = spans(theirs)
    expected = course(of_source(theirs), theirs.start, parts, jacobian=False) if with_course else None
    wanted, undefined = exact_points(theirs, parts)
    found = []
    for target in targets:
        cell = model.compile(scheme="forward_euler", target=target)
        inputs = inputs_of(cell, pacing(theirs, model))
        right_sides = of_cell(cell, inputs)
        most, worst = largest(theirs, wanted, right_sides, rows)
        distance = 0.0
        if expected is not None:
            there = course(right_sides, theirs.start[rows], parts, jacobian=True)
            distance = apart(theirs, expected[rows], there, rows)
        found.append(Found(target, most, worst, distance))
    peak = float("nan")
    if expected is not None and theirs.potential is not None:
        peak = float(expected[theirs.potential].max())
    return Compared(str(path), len(theirs.states), peak, tuple(found), undefined)


def same_states(theirs: Source, model: iondsl.Model) -> list[int]:
    """For each state of ours, the row of the source's that it is. Raises ValueError where there is none."""
    if len(model.states) != len(theirs.states):
        raise ValueError(f"{len(model.states)} states instead of {len(theirs.states)}")
    left, rows = list(range(len(theirs.states))), []
    for state in model.states:
        alike = [row for row in left if abs(state.value - theirs.start[row]) <= 1e-15 * abs(state.value)]
        if not alike:
            raise ValueError(f"no state of the source begins with {state.value!r}, as {state.name} does")
        rows.append(max(alike, key=lambda row: (likeness(state.name, theirs.states[row]), -row)))
        left.remove(rows[-1])
    if theirs.ordered and rows != sorted(rows):
        raise ValueError(f"the states stand in another order: {', '.join(model.states.names)}")
    return rows


def likeness(ours: str, theirs: str) -> int:
    """2 for the same name, 1 if only the component has another."""
    return 2 if ours == theirs else int(ours.rpartition(".")[2].rstrip("_") == theirs.rpartition(".")[2])


def pacing(theirs: Source, model: iondsl.Model) -> dict[str, Any]:
    """The input that is the source's variable of pacing, where no protocol of ours drives it."""
    names = [each.name for each in model.inputs if each.name.rpartition(".")[2] == theirs.paced]
    return dict.fromkeys(names[:1], theirs.pace)


def exact_points(theirs: Source, parts: tuple[Span, ...]) -> tuple[list[tuple[Span, Any]], tuple[str, ...]]:
    """The six states, before the first jump and after it: with the span, the record of each."""
    found, undefined = [], []
    where = points.states(theirs.model)
    for part in parts[:2]:
        for row in points.evaluated(theirs.model, where, repr(part.middle), repr(float(part.pace))):
            if "undefined" in row:
                undefined.append(row["undefined"])
            elif over := overflowing(theirs, part, row):
                undefined.append(f"overflow in double precision: {', '.join(over)}")
            else:
                found.append((part, row))
    return found, tuple(undefined)


def overflowing(theirs: Source, part: Span, row: Any) -> list[str]:
    """The states whose derivatives doubles cannot compute as the file has them, such as exp(880)."""
    rates = theirs.rates(part.middle, [float(text) for text in row["states"].values()], part.pace)
    return [name for name, rate in zip(theirs.states, rates, strict=True) if not math.isfinite(rate)]


def largest(
    theirs: Source, wanted: list[tuple[Span, Any]], right_sides: RightSides, rows: list[int]
) -> tuple[float, str]:
    """The largest error in units of noise, and where it is."""
    names = [theirs.states[row] for row in rows]
    found = {0.0: ""}
    for part, row in wanted:
        state = np.array([float(row["states"][name]) for name in names])
        for name, rate in zip(names, right_sides(part)(part.middle, state), strict=True):
            found[noises(float(rate), row["derivatives"][name], row["noise"][name])] = name
    most = max(found)
    return most, found[most]


def apart(theirs: Source, expected: Array, found: Array, rows: list[int]) -> float:
    distances = np.abs(found - expected).max(axis=1)
    if theirs.potential is None:
        return float((distances / (np.ptp(expected, axis=1) + 1e-12)).max() * 1000)
    unit = points.potential_unit(theirs.model.get(theirs.states[theirs.potential]), theirs.start[theirs.potential])
    return float(distances[rows.index(theirs.potential)] / unit)
