"""Every node of a part, with the `use` line that brings it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from iondsl.source import Source, Span
from iondsl.units import Unit

Node = TypeVar("Node")


def brought(node: Node, line: Span) -> Node:
    """The same node, all of whose places say that `line` brought them here."""
    changed: Node = changed_in(node, line)
    return changed


def changed_in(node: Any, line: Span) -> Any:
    match node:
        case tuple():
            return tuple(changed_in(each, line) for each in node)
        case Span():
            return further(node, line)
        case Unit() | Source():
            return node
    if not is_dataclass(node) or isinstance(node, type):
        return node
    old = {item.name: getattr(node, item.name) for item in fields(node)}
    new = {name: changed_in(value, line) for name, value in old.items()}
    return replace(node, **{name: value for name, value in new.items() if value is not old[name]})


def further(span: Span, line: Span) -> Span:
    """A part may itself have come by a `use`: then it is that which was brought here."""
    return replace(span, via=line if span.via is None else further(span.via, line))
