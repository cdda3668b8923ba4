"""The lines around a run: what is about to be done, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from iondsl.cli._request import WATCHED, Arguments
from iondsl.manifest import Manifest
from iondsl.simulate.clock import amount
from iondsl.simulate.result import Result
from iondsl.simulate.spikes import PER_SECOND, describe, speed, summary

# A spike may hide between two samples that are further apart, in seconds.
COARSE = 1e-3


def before(manifest: Manifest, asked: Arguments) -> Iterator[str]:
    """What will be computed, and what drives it."""
    unit, options = manifest.time_unit, manifest.options
    steps = f"{amount(asked['until'], unit)} in steps of {amount(asked['dt'], unit)}"
    cells = f", {asked['cells']} cells" if asked["cells"] > 1 else ""
    yield f"{manifest.name}: {steps}{cells}, {options.scheme}, {options.target}"
    for protocol in manifest.protocols:
        if protocol.name == asked["protocol"]:
            yield f"protocol {protocol.name}" + (f": {protocol.doc}" if protocol.doc else "")
    if asked["protocol"] is None and (manifest.inputs or manifest.protocols):
        yield undriven(manifest, asked["inputs"])


def undriven(manifest: Manifest, given: dict[str, float]) -> str:
    """That nothing drives the inputs, and what could."""
    values = [
        f"{column.name} = {amount(given.get(column.name, column.default or 0.0), column.unit)}"
        for column in manifest.inputs
    ]
    names = ", ".join(protocol.name for protocol in manifest.protocols)
    held = f": {', '.join(values)} throughout" if values else ""
    return f"no protocol{held}" + (f"; the model has {names}" if names else "")


def after(result: Result, written: tuple[Path, ...]) -> Iterator[str]:
    """Spikes, rate and peak of V, or the ranges of what was recorded where that says nothing; speed; files."""
    if WATCHED in result and not any(drive.target == WATCHED for drive in result.drives):
        yield from describe(result, summary(result, WATCHED))
        yield from warning(result)
    else:
        yield from ranges(result)
        yield from speed(result)
    for path in written:
        yield f"wrote   {path}"


def warning(result: Result) -> Iterator[str]:
    interval = float(result.time[1] - result.time[0]) if len(result.time) > 2 else 0.0
    if interval > COARSE * PER_SECOND.get(result.time_unit, 0.0) > 0:
        yield f"        (V was sampled every {amount(interval, result.time_unit)}: what is in between was not seen)"


def ranges(result: Result) -> Iterator[str]:
    for name in result.names:
        values, unit = result[name], result.units[name]
        yield f"{name:7} {values.min():.5g} to {values.max():.5g} {unit}".rstrip()
