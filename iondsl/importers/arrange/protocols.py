"""The events of a source's protocol as a `protocol` of pulses."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.importers.arrange.places import Place
from iondsl.importers.foreign import PACE, Foreign, Path, Pulse
from iondsl.syntax import Binary, Block, Call, Definition, Expression, Keyword, Name, Number

NAME = "pacing"


def protocol(foreign: Foreign, places: Mapping[Path, Place]) -> Block | None:
    """None for a source without events, or in which nothing is paced."""
    paced = next((each for each in foreign.variables if each.binding == PACE), None)
    if paced is None or not foreign.pulses:
        return None
    total: Expression | None = None
    for each in foreign.pulses:
        pulse = call(each)
        total = pulse if total is None else Binary("+", total, pulse, each.span)
    span = foreign.pulses[0].span
    line = Definition("", Name(places[paced.path].path, span), None, total, span)
    return Block("protocol", NAME, span, (line,), doc="the events of the source")


def call(event: Pulse) -> Call:
    span = event.span
    arguments = {"start": event.start, "width": event.length, "height": event.level}
    if not is_zero(event.period):
        arguments["every"] = event.period
        if event.count:
            arguments["count"] = Number(str(event.count), None, span)
    words = tuple(Keyword(name, value, value.span) for name, value in arguments.items())
    return Call(Name(("pulse",), span), (), words, span)


def is_zero(node: Expression) -> bool:
    return isinstance(node, Number) and float(node.text) == 0
