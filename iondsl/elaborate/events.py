"""`event` and `on`: the conditions of a model, and the lines behind each, with their names looked up."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.calls import Calls
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.immutable import frozen
from iondsl.syntax import ANY, Block, Definition, Doc
from iondsl.system import Formula

DECLARE = "declare it: `event {} = V > 0 [mV]`"
HOW_TO_SET = "write `x = ...`: what a state is from then on"


@frozen
class Line:
    """A line behind `on`. `target` is the full name of what it sets; `once` is False where that cannot be told."""

    written: Definition
    target: str
    formula: Formula
    once: bool


@frozen
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
            name, place = meant(block, scope, calls, report)
            lines.setdefault(name, []).extend(behind(block, place, calls, report))
    found = []
    for scope in root.below():
        for member, written in scope.events.items():
            assert written.value is not None  # the parser sees to it
            name = ".".join((*scope.path, member))
            condition = calls.formula(written.value, scope)
            found.append(Read(name, written, condition, tuple(lines.get(name, ()))))
    return tuple(sorted(found, key=lambda event: event.written.order))


def meant(block: Block, scope: Scope, calls: Calls, report: Report) -> tuple[str | None, Scope]:
    """The full name of the event that an `on` block means, and where its lines are read; E340 where there is none."""
    for outer in scope.outward():
        if block.name in outer.events:
            return ".".join((*outer.path, block.name)), scope
    *path, name = block.name.split(".")
    inner = scope.block_at(tuple(path)) if path else None
    around = (*scope.outward(), *([] if inner is None else [inner]))
    if any(outer.excuses(*path, name) for outer in around):
        return None, scope
    holders = scope.root.below() if not path else [] if inner is None else [inner]
    holder = next((each for each in holders if name in each.events), None)
    report(unknown(block, scope, calls) if holder is None else misplaced(block, holder))
    return None, holder or inner or scope


def unknown(block: Block, scope: Scope, calls: Calls) -> Diagnostic:
    known = (name for outer in scope.outward() for name in outer.events)
    is_quantity = calls.names.find(tuple(block.name.split(".")), scope) is not None
    message = f"`{block.name}` is no event" if is_quantity else f"there is no event `{block.name}`"
    declared = "NAME" if is_quantity or "." in block.name else block.name
    return Diagnostic("E340", message, block.span, suggestion(block.name, known) or DECLARE.format(declared))


def misplaced(block: Block, holder: Scope) -> Diagnostic:
    """The event is that of another block."""
    *_, name = block.name.split(".")
    where = f"{holder.keyword} {holder.path[-1]}"
    message = f"`on` stands in the block of its event, and `{name}` is an event of `{'.'.join(holder.path)}`"
    return Diagnostic("E340", message, block.span, f"write `on {name}:` in `{where}:`")


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
