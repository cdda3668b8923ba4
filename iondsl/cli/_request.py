"""What a user asks of a run, as typed, to the arguments of `Cell.run`."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TypedDict

from iondsl.errors import UsageError
from iondsl.manifest import Manifest
from iondsl.quantity import usual, usual_step, value_in
from iondsl.simulate.clock import TOLERANCE
from iondsl.simulate.result import Result
from iondsl.simulate.settings import settings

# By default.
DURATION, INTERVAL = "100", "0.1"


class Arguments(TypedDict):
    """Arguments of `Cell.run`; times in the model's unit of time."""

    until: float
    dt: float
    every: float | None
    cells: int
    threads: int
    protocol: str | None
    parameters: dict[str, float]
    inputs: dict[str, float]
    record: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Request:
    """The options of `iondsl run` that concern the simulation."""

    protocol: str | None
    until: str | None
    dt: str | None
    every: str | None
    cells: int
    threads: int
    set_: tuple[str, ...]
    record: tuple[str, ...]

    def arguments(self, manifest: Manifest) -> Arguments:
        """Raises UsageError."""
        unit = manifest.time_unit
        dt = time("--dt", usual_step(unit) if self.dt is None else self.dt, unit)
        every = usually_every(dt, unit) if self.every is None else time("--every", self.every, unit)
        chosen = settings(manifest, self.set_, self.protocol)
        return Arguments(
            until=time("--until", usual(DURATION, unit) if self.until is None else self.until, unit),
            dt=dt,
            every=every,
            cells=self.cells,
            threads=self.threads,
            protocol=self.protocol,
            parameters=chosen.parameters,
            inputs=chosen.inputs,
            record=self._recorded(manifest),
        )

    def wanted(self, result: Result) -> Result:
        """The result with what was asked for, and nothing that was recorded only to be summarised."""
        if not self.record:
            return result
        names = {result.aliases.get(name, name) for name in self._names()}
        return replace(result, samples={name: result.samples[name] for name in result.names if name in names})

    def _names(self) -> tuple[str, ...]:
        return tuple(name.strip() for text in self.record for name in text.split(",") if name.strip())

    def _recorded(self, manifest: Manifest) -> tuple[str, ...] | None:
        """None is for the default."""
        if not self.record:
            return None
        names = self._names()
        if not names:
            raise UsageError("--record names nothing: write names between commas, as in V,I_Na.m")
        return (*names, *manifest.potentials)  # the summary speaks of them, whether or not they are asked for


def usually_every(dt: float, unit: str) -> float | None:
    """The smallest multiple of `dt` that is at least 0.1 ms; None where `Cell.run` finds it by itself."""
    if unit != "s" or dt <= 0:
        return None
    return max(1, math.ceil(value_in(usual(INTERVAL, unit), unit) / dt - TOLERANCE)) * dt


def time(option: str, text: str, unit: str) -> float:
    try:
        return value_in(text, unit)
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from None
