"""Every node of a part, with the `use` line that brings it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from operator import is_
from typing import Any, TypeVar

from iondsl.source import Source, Span
from iondsl.units import Unit

Node = TypeVar("Node")


def brought(node: Node, line: Span) -> Node:
    """The same node, all of whose places say that `line` brought them here."""
    changed: Node = changed_in(node, line)
    return changed


def changed_in(node: Any, line: Span) -> Any:
    kind: type = type(node)
    if kind is Span:
        return further(node, line)
    if kind is tuple:
        new = tuple([changed_in(each, line) for each in node])
        return node if all(map(is_, new, node)) else new
    names = names_of(kind)
    if not names:
        return node
    old = [getattr(node, name) for name in names]
    new = tuple([changed_in(value, line) for value in old])
    return node if all(map(is_, new, old)) else kind(*new)


@cache
def names_of(kind: type) -> tuple[str, ...]:
    """Of the fields of a node; of anything else none."""
    return tuple(item.name for item in fields(kind)) if is_dataclass(kind) and kind not in (Unit, Source) else ()


def further(span: Span, line: Span) -> Span:
    """A part may itself have come by a `use`: then it is that which was brought here."""
    return Span(span.source, span.start, span.end, line if span.via is None else further(span.via, line))
