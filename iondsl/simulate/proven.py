"""What a kernel was proven for: runs that leave it are refused, and so are cells that do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from iondsl.errors import UsageError
from iondsl.manifest import Column, Manifest
from iondsl.simulate.clock import amount
from iondsl.simulate.kernel import Array, Booleans

if TYPE_CHECKING:
    from iondsl.assumed import Range


def refuse_unproven(manifest: Manifest, dt: float, parameters: Mapping[str, Array]) -> None:
    """Raises UsageError for a longer step, and for parameters outside of their ranges, be they given or not."""
    if manifest.assumed is None:
        return
    problems = []
    if dt > manifest.assumed.dt:
        given, longest = (amount(each, manifest.time_unit) for each in (dt, manifest.assumed.dt))
        wrong = f"dt = {given} is longer than what this fast kernel is proven for, {longest}"
        problems.append(f"{wrong}: compile it for {given}")
    for column, each in ranged(manifest.parameters, manifest.assumed.ranges):
        values = np.asarray(parameters.get(each.name, column.default), dtype=float)  # NaN: follows from others
        if outside(values, each).any():
            given = f"{values[outside(values, each)].flat[0]:.10g}"
            wrong = f"`{each.name}` = {given} is not what this fast kernel is proven for, {words(each, column)}"
            problems.append(f"{wrong}: {cure(each)}")
    if problems:
        raise UsageError("\n".join(problems))


def left(manifest: Manifest, state: Array, is_start: bool = False) -> tuple[Column, int, str, str] | None:
    """The first state outside of its range with its cell, what to say of it and what to do; None where none is.
    `is_start`: a run has begun with it."""
    if manifest.assumed is None:
        return None
    rows = {column.name: state[row] for row, column in enumerate(manifest.states)}
    for column, each in ranged(manifest.states, manifest.assumed.ranges):
        values = rows[each.name]
        gone = np.flatnonzero(outside(values, each))
        if gone.size:
            message = f"`{column.name}` has left its range, {words(each, column)}: it is {values[gone[0]]:.6g}"
            return column, int(gone[0]), message, cure_for_cells(manifest, each, is_start)
    return None


def followed(manifest: Manifest) -> str:
    """The ranges of what a kernel computes from parameters alone, in words: it alone can tell whether they hold."""
    return words_of(manifest, (*(each for each in manifest.parameters if each.default is None), *manifest.observables))


def words_of(manifest: Manifest, columns: tuple[Column, ...]) -> str:
    """Their ranges, where they have one."""
    ranges = () if manifest.assumed is None else manifest.assumed.ranges
    return " and ".join(f"`{column.name}` within {words(each, column)}" for column, each in ranged(columns, ranges))


def ranged(columns: tuple[Column, ...], ranges: tuple[Range, ...]) -> list[tuple[Column, Range]]:
    by_name = {each.name: each for each in ranges}
    return [(column, by_name[column.name]) for column in columns if column.name in by_name]


def outside(values: Array, each: Range) -> Booleans:
    """NaN is not outside."""
    found: Booleans = (values < each.low) | (values > each.high)
    return found


def words(each: Range, column: Column) -> str:
    unit = "" if column.unit == "1" else column.unit
    if each.low == each.high:
        return f"{each.low:.10g} {unit}".rstrip()
    return f"{each.low:.10g} to {each.high:.10g} {unit}".rstrip()


def cure_for_cells(manifest: Manifest, each: Range, is_start: bool) -> str:
    if manifest.assumed is not None and manifest.assumed.fast:
        return f"this fast kernel is proven for no more: {cure(each)}"
    wider = f"if it belongs there, give `{each.name}` a range that holds it"
    is_asked = any(text.partition("=")[0] == each.name for text in manifest.options.ranges)
    if manifest.options.dtype == "float32" and not is_asked:
        wider += ", or take float64, which goes to 500 mV"
    if is_start:
        return f"the run begins with it: check the initial state; {wider}"
    return f"a step that is too long, a current of the wrong sign or too large drives it there; {wider}"


def cure(each: Range) -> str:
    return f"give `{each.name}` a range that holds it, or do without `fast`"
