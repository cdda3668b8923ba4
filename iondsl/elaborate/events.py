"""`event` and `on`: the conditions of a model, and the lines behind each, with their names looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iondsl.elaborate.calls import Calls
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.syntax import ANY, Block, Definition, Doc
from iondsl.system import Formula

HOW_TO_SET = "write `x = ...`: what a state is from then on"


@dataclass(frozen=True, slots=True)
class Line:
    """A line behind `on`. `target` is the full name of what it sets; `once` is False where that cannot be told."""

    written: Definition
    target: str
    formula: Formula
    once: bool


@dataclass(frozen=True, slots=True)
class Read:
    """An event by its full name, with the lines of all its `on` blocks."""

    name: str
    written: Definition
    condition: Formula
    lines: tuple[Line, ...]


def read(root: Scope, calls: Calls, report: Report) -> tuple[Read, ...]:
    """All events in the order of the file."""
    lines: dict[str | None, list[Line]] = {}
    for scope in root.below():
        for block in scope.handlers:
            lines.setdefault(named(block, scope, calls, report), []).extend(behind(block, scope, calls, report))
    found = []
    for scope in root.below():
        for member, written in scope.events.items():
            assert written.value is not None  # the parser sees to it
            name = ".".join((*scope.path, member))
            condition = calls.formula(written.value, scope)
            found.append(Read(name, written, condition, tuple(lines.get(name, ()))))
    return tuple(sorted(found, key=lambda event: event.written.order))


def named(block: Block, scope: Scope, calls: Calls, report: Report) -> str | None:
    """The full name of the event that an `on` block means; E340 where there is none."""
    for outer in scope.outward():
        if block.name in outer.events:
            return ".".join((*outer.path, block.name))
    if any(outer.excuses(block.name) for outer in scope.outward()):
        return None
    cure = suggestion(block.name, (name for outer in scope.outward() for name in outer.events))
    full = calls.names.find((block.name,), scope)
    message = f"there is no event `{block.name}`" if full is None else f"`{block.name}` is no event"
    cure = cure or f"declare it: `event {'NAME' if full else block.name} = V > 0 [mV]`"
    report(Diagnostic("E340", message, block.span, cure))
    return None


def behind(block: Block, scope: Scope, calls: Calls, report: Report) -> Iterator[Line]:
    """The lines of an `on` block; E344 for what sets nothing, E341 for one that sets an event."""
    for statement in block.body:
        if isinstance(statement, Doc):
            continue
        if not isinstance(statement, Definition) or statement.keyword:
            report(Diagnostic("E344", "behind `on` states are set, nothing else", statement.span, HOW_TO_SET))
            continue
        assert statement.value is not None  # the grammar asks for it
        formula, name = calls.formula(statement.value, scope), statement.name
        if any(name.text in outer.events for outer in scope.outward()):
            message = f"an event sets states, and `{name.text}` is an event"
            report(Diagnostic("E341", message, name.span, "let its condition follow from what is set"))
            continue
        target = calls.names.lookup(name, scope).text
        if target:
            yield Line(statement, target, formula, ANY not in block.unread)
