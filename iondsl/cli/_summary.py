"""What a run did, in a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from iondsl.cli._request import Arguments
from iondsl.manifest import Manifest
from iondsl.simulate import spikes
from iondsl.simulate.clock import amount
from iondsl.simulate.result import Result

# Spikes may hide between samples that are further apart, in seconds.
COARSE = 0.5e-3


def summary(manifest: Manifest, asked: Arguments, result: Result, written: tuple[Path, ...]) -> Iterator[str]:
    """What was computed and what drove it; events; spikes, rate and peak of every V; what else was recorded; files."""
    unit, options = manifest.time_unit, manifest.options
    steps = f"{amount(float(result.time[-1]), unit)} in steps of {amount(asked['dt'], unit)}"
    cells = f", {result.cells} cells" if result.cells > 1 else ""
    variant = f", variant {options.variant}" if options.variant else ""
    yield f"{manifest.name}{variant}: {steps}{cells}, {options.scheme}, {options.target}"
    yield from driven(manifest, asked)
    yield from spikes.happened(result)
    watched = spiking(manifest, asked, result)
    if not watched or coarse(result):
        yield from ranges(result, result.names)
        if watched:
            yield "spikes  not counted: V was recorded too seldom; see --every"
    else:
        yield from spikes.describe(*(spikes.summary(result, name) for name in watched))
        yield from ranges(result, (name for name in result.names if name not in watched))
    yield from spikes.speed(result)
    for path in written:
        yield f"wrote   {path}"


def driven(manifest: Manifest, asked: Arguments) -> Iterator[str]:
    """The protocol, or that there was none, and what there is."""
    for protocol in manifest.protocols:
        if protocol.name == asked["protocol"]:
            yield f"protocol {protocol.name}" + (f": {protocol.doc}" if protocol.doc else "")
            columns = (*manifest.inputs, *manifest.states, *manifest.parameters)
            units = {column.name: column.unit for column in columns}
            for name, value in asked["inputs"].items():
                yield f"set     {name} = {amount(value, units.get(name, ''))} throughout, whatever the protocol says"
    if asked["protocol"] is None and (manifest.inputs or manifest.protocols):
        values = [
            f"{column.name} = {amount(asked['inputs'].get(column.name, column.default or 0.0), column.unit)}"
            for column in manifest.inputs
        ]
        held = f": {', '.join(values)} throughout" if values else ""
        names = ", ".join(protocol.name for protocol in manifest.protocols)
        yield f"no protocol{held}" + (f"; the model has {names}" if names else "")


def spiking(manifest: Manifest, asked: Arguments, result: Result) -> list[str]:
    """Every V that was recorded, and free to spike; where there are events, they say what happens."""
    driven = [*(drive.target for drive in result.drives), *asked["inputs"]]
    free = [name for name in manifest.potentials if name in result and name not in driven]
    return [] if result.events else free


def coarse(result: Result) -> bool:
    interval = float(result.time[1] - result.time[0]) if len(result.time) > 2 else 0.0
    second = spikes.PER_SECOND.get(result.time_unit)
    return second is not None and interval > COARSE * second * (1 + 1e-9)


def ranges(result: Result, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        values, unit = result[name], result.units[name]
        yield f"{name:7} {values.min():.5g} to {values.max():.5g} {unit}".rstrip()
