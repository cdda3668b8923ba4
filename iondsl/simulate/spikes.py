"""Spikes in a recorded course: when, how many, how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from iondsl.simulate.kernel import Array
from iondsl.simulate.result import Result

# How many of a unit of time make a second, for rates in Hz.
PER_SECOND = {"us": 1e6, "ms": 1e3, "s": 1.0, "min": 1 / 60, "h": 1 / 3600}


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """Per cell, all (cells,): `spikes`, `rate` (1 / last interval, 0 below two spikes) and `peak`, the
    largest value.

    `rate_unit` is Hz, or 1 per unit of time where that is not known as a number of seconds.
    """

    name: str
    unit: str
    spikes: Array
    rate: Array
    rate_unit: str
    peak: Array


def crossings(time: Array, values: Array, threshold: float = 0.0) -> Array:
    """When `values` (samples,) pass `threshold` upwards, by linear interpolation between samples:
    (crossings,).

    A crossing lies between a sample below the threshold and one at or above it.
    """
    below = values < threshold
    (at,) = np.nonzero(below[:-1] & (values[1:] >= threshold))
    part = (threshold - values[at]) / (values[at + 1] - values[at])
    times: Array = time[at] + part * (time[at + 1] - time[at])
    return times


def summary(result: Result, name: str = "V", threshold: float = 0.0) -> Summary:
    """Spikes, rate and peak of a recorded quantity in every cell; `threshold` in its unit.

    Raises UsageError where it was not recorded.
    """
    values = result[name].astype(float)
    times = [crossings(result.time, column, threshold) for column in values.T]
    second = PER_SECOND.get(result.time_unit)
    rates = [(second or 1.0) / (spikes[-1] - spikes[-2]) if len(spikes) > 1 else 0.0 for spikes in times]
    return Summary(
        name=name,
        unit=result.units[result.aliases.get(name, name)],
        spikes=np.array([len(spikes) for spikes in times], dtype=float),
        rate=np.array(rates),
        rate_unit="Hz" if second else f"1/{result.time_unit}",
        peak=values.max(axis=0),
    )


def describe(*found: Summary) -> Iterator[str]:
    """Lines for a reader: spikes, rate and peak of every V; with several cells, their median and range."""
    for each in found:
        yield f"spikes  {spread(each.spikes, '')}" + (f" ({each.name})" if len(found) > 1 else "")
        yield f"rate    {spread(each.rate, each.rate_unit)} (by the last interval)"
        yield f"peak    {spread(each.peak, each.unit)} ({each.name})"


def happened(result: Result) -> Iterator[str]:
    """A line for each event: how often, and its rate by the last interval; with several cells, median and range."""
    second = PER_SECOND.get(result.time_unit)
    unit = "Hz" if second else f"1/{result.time_unit}"
    for event in result.events.values():
        times = [event.of(cell) for cell in range(result.cells)]
        counts = np.array([len(each) for each in times], dtype=float)
        rates = np.array([(second or 1.0) / (each[-1] - each[-2]) if len(each) > 1 else 0.0 for each in times])
        yield f"{event.name:7} {spread(counts, 'times')}, {spread(rates, unit)} (by the last interval)"


def speed(result: Result) -> tuple[str, ...]:
    """A line on how fast the kernel was; none where it did nothing."""
    if not result.seconds > 0:
        return ()
    return (f"speed   {result.cell_steps / result.seconds / 1e6:.3g} million cell-steps per second",)


def spread(values: Array, unit: str) -> str:
    if values.size == 1:
        return f"{values[0]:.5g} {unit}".rstrip()
    low, middle, high = values.min(), np.median(values), values.max()
    return f"{middle:.5g} ({low:.5g} to {high:.5g}) {unit}".rstrip()
