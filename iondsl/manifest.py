"""What a compiled model says of itself: everything that a run needs beside the kernel, as JSON.

A warm run reads this instead of the model file, and so imports neither SymPy nor Lark.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from iondsl.immutable import frozen
from iondsl.options import Options
from iondsl.wave import Wave

if TYPE_CHECKING:
    from iondsl.assumed import Assumed


@frozen
class Place:
    """Where something was written: `file:line:col` and the excerpt with its caret, ready to print."""

    location: str
    excerpt: tuple[str, ...]


@frozen
class Column:
    """A number that goes into or comes out of the kernel. `unit` is empty where it is not known.

    `place` is that of a state, and of an input that a `use` brings; None for all others. `limit` is one of `LIMITS`,
    empty where any number will do.
    """

    name: str
    unit: str
    doc: str = ""
    default: float | None = None
    kind: str = ""
    place: Place | None = None
    limit: str = ""


@frozen
class WaveTable:
    """What a protocol does with one input: `waves` are summed; `clamp` marks a held state."""

    target: str
    waves: tuple[Wave, ...]
    clamp: bool


@frozen
class ProtocolTable:
    """A protocol as numbers, in the units of the inputs and of the model's time."""

    name: str
    doc: str
    drives: tuple[WaveTable, ...]


@frozen
class EventTable:
    """An event with the place of its condition; `sets` are the numbers of the states that it sets."""

    name: str
    doc: str
    sets: tuple[int, ...]
    place: Place


@frozen
class Manifest:
    """The kernel's interface in words. Orders are those of the kernel's arrays.

    `potentials` are the states that are the V of the model or of a compartment: a run records them by default.
    `assumed` is what a fast kernel was proven for, None for an exact one.
    """

    name: str
    doc: str
    time_unit: str
    options: Options
    states: tuple[Column, ...]
    parameters: tuple[Column, ...]
    inputs: tuple[Column, ...]
    observables: tuple[Column, ...]
    protocols: tuple[ProtocolTable, ...]
    aliases: dict[str, str]
    events: tuple[EventTable, ...] = ()
    potentials: tuple[str, ...] = ()
    assumed: Assumed | None = None


def to_json(manifest: Manifest) -> str:
    """Numbers come back exactly; what JSON has no number for (NaN, infinity) is written as text."""
    fields = {
        "name": manifest.name,
        "doc": manifest.doc,
        "time_unit": manifest.time_unit,
        "options": write_options(manifest.options),
        "states": [write_column(column) for column in manifest.states],
        "parameters": [write_column(column) for column in manifest.parameters],
        "inputs": [write_column(column) for column in manifest.inputs],
        "observables": [write_column(column) for column in manifest.observables],
        "protocols": [write_protocol(protocol) for protocol in manifest.protocols],
        "events": [write_event(event) for event in manifest.events],
        "aliases": manifest.aliases,
        "potentials": manifest.potentials,
        "assumed": None if manifest.assumed is None else write_assumed(manifest.assumed),
    }
    return json.dumps(fields, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def from_json(text: str) -> Manifest:
    """Raises ValueError, KeyError or TypeError where the text was not written by `to_json`."""
    fields = json.loads(text)
    return Manifest(
        name=fields["name"],
        doc=fields["doc"],
        time_unit=fields["time_unit"],
        options=read_options(fields["options"]),
        states=tuple(map(read_column, fields["states"])),
        parameters=tuple(map(read_column, fields["parameters"])),
        inputs=tuple(map(read_column, fields["inputs"])),
        observables=tuple(map(read_column, fields["observables"])),
        protocols=tuple(map(read_protocol, fields["protocols"])),
        events=tuple(map(read_event, fields["events"])),
        aliases=fields["aliases"],
        potentials=tuple(fields["potentials"]),
        assumed=None if fields["assumed"] is None else read_assumed(fields["assumed"]),
    )


def write_number(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


def write_options(options: Options) -> dict[str, Any]:
    return {
        "scheme": options.scheme,
        "target": options.target,
        "dtype": options.dtype,
        "portable": options.portable,
        "held": options.held,
        "varied": options.varied,
        "variant": options.variant,
        "fast": options.fast,
        "ranges": options.ranges,
        "dt": options.dt,
    }


def read_options(fields: dict[str, Any]) -> Options:
    return Options(**{**fields, **{name: tuple(fields[name]) for name in ("held", "varied", "ranges")}})


def write_assumed(assumed: Assumed) -> dict[str, Any]:
    ranges = [(each.name, write_number(each.low), write_number(each.high)) for each in assumed.ranges]
    return {"dt": write_number(assumed.dt), "ranges": ranges, "fast": assumed.fast}


def read_assumed(fields: dict[str, Any]) -> Assumed:
    from iondsl.assumed import Assumed, Range

    ranges = (Range(name, float(low), float(high)) for name, low, high in fields["ranges"])
    return Assumed(float(fields["dt"]), tuple(ranges), fields["fast"])


def write_place(place: Place) -> dict[str, Any]:
    return {"location": place.location, "excerpt": place.excerpt}


def read_place(fields: dict[str, Any]) -> Place:
    return Place(fields["location"], tuple(fields["excerpt"]))


def write_event(event: EventTable) -> dict[str, Any]:
    return {"name": event.name, "doc": event.doc, "sets": event.sets, "place": write_place(event.place)}


def read_event(fields: dict[str, Any]) -> EventTable:
    return EventTable(fields["name"], fields["doc"], tuple(fields["sets"]), read_place(fields["place"]))


def write_column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "unit": column.unit,
        "doc": column.doc,
        "default": None if column.default is None else write_number(column.default),
        "kind": column.kind,
        "place": None if column.place is None else write_place(column.place),
        "limit": column.limit,
    }


def read_column(fields: dict[str, Any]) -> Column:
    place, default = fields["place"], fields["default"]
    return Column(
        name=fields["name"],
        unit=fields["unit"],
        doc=fields["doc"],
        default=None if default is None else float(default),
        kind=fields["kind"],
        place=None if place is None else read_place(place),
        limit=fields["limit"],
    )


def write_protocol(protocol: ProtocolTable) -> dict[str, Any]:
    drives = [
        {"target": drive.target, "waves": [write_wave(wave) for wave in drive.waves], "clamp": drive.clamp}
        for drive in protocol.drives
    ]
    return {"name": protocol.name, "doc": protocol.doc, "drives": drives}


def read_protocol(fields: dict[str, Any]) -> ProtocolTable:
    drives = (
        WaveTable(drive["target"], tuple(map(read_wave, drive["waves"])), drive["clamp"])
        for drive in fields["drives"]
    )
    return ProtocolTable(fields["name"], fields["doc"], tuple(drives))


def write_wave(wave: Wave) -> dict[str, Any]:
    arguments = [(name, write_number(value)) for name, value in wave.arguments]
    return {"shape": wave.shape, "arguments": arguments, "scale": write_number(wave.scale)}


def read_wave(fields: dict[str, Any]) -> Wave:
    arguments = tuple((name, float(value)) for name, value in fields["arguments"])
    return Wave(fields["shape"], arguments, float(fields["scale"]))
