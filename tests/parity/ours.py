"""Our derivatives at the points of a record, and how far they are from it, in units of rounding noise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

import iondsl
from iondsl.simulate.kernel import Array
from iondsl.units import factor, read_unit

ACCEPTED = 10  # times the noise
ONE = Fraction(1)
FLOOR = Fraction(1, 10**300)  # doubles underflow below


@dataclass(frozen=True, slots=True)
class Difference:
    """One derivative at one point, in the units of the record."""

    point: int
    state: str
    exact: float
    found: float
    noises: float

    @property
    def accepted(self) -> bool:
        return self.noises <= ACCEPTED

    def __str__(self) -> str:
        return (
            f"point {self.point}: {self.state}' is {self.found!r} instead of {self.exact!r}, "
            f"which is {self.noises:.3g} times the rounding noise"
        )


def differences(
    record: Mapping[str, Any], target: str = "numpy", parameters: Mapping[str, float] | None = None
) -> list[Difference]:
    """Every derivative of the record. `parameters` are set on top of those that it names."""
    model = _loaded(record["model"], record.get("variant", ""))
    missing = set(model.states.names) - set(record["states"]) - set(record.get("without", ()))
    if missing:
        raise ValueError(f"{record['model']}: what is {', '.join(sorted(missing))} in the source?")
    cell = _compiled(model, target)
    return list(_compared(record, model, cell, {**record.get("parameters", {}), **(parameters or {})}))


@cache
def _loaded(name: str, variant: str) -> iondsl.Model:
    return iondsl.load(name, variant)


@cache
def _compiled(model: iondsl.Model, target: str) -> iondsl.Cell:
    return model.compile(scheme="forward_euler", target=target)


def _compared(
    record: Mapping[str, Any], model: iondsl.Model, cell: iondsl.Cell, parameters: Mapping[str, float]
) -> Iterator[Difference]:
    scales = {name: _scale(each["unit"], model.states[name].unit) for name, each in record["states"].items()}
    clock = _scale(record["time"], model.time_unit)
    names = list(record["states"])
    for number, point in enumerate(record["points"]):
        state = _state(model, {name: Fraction(text) * scales[name] for name, text in point["states"].items()})
        rates = cell.evaluate([f"{name}'" for name in names], state, 0.0, parameters, record.get("inputs"))[:, 0]
        for name, rate in zip(names, rates, strict=True):
            exact, scale = point["derivatives"][name], scales[name] / clock
            away = noises(rate, exact, point["noise"][name], scale)
            yield Difference(number, name, float(exact), float(rate) / float(scale), away)


def noises(found: float, exact: str, noise: str, scale: Fraction = ONE) -> float:
    """How far a number is from the exact one, in units of its noise; `scale` is what 1 of theirs is in ours."""
    if not np.isfinite(found):
        return float("inf")
    return float(abs(Fraction(float(found)) / scale - Fraction(exact)) / (Fraction(noise) + FLOOR))


def _scale(theirs: str, ours: str) -> Fraction:
    """What 1 of theirs is in ours."""
    return factor(read_unit(theirs), read_unit(ours))


def _state(model: iondsl.Model, values: Mapping[str, Fraction]) -> Array:
    column = [float(values[state.name]) if state.name in values else state.value for state in model.states]
    return np.array(column)[:, None]
