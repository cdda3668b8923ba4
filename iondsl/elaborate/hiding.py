"""W201: a block declares a name that hides an ion or the membrane potential inside it."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.scope import SHARES, Report, Scope
from iondsl.errors import Diagnostic
from iondsl.source import Span


def check(root: Scope, report: Report) -> None:
    for cell in root.cells():
        check_cell(cell, report)


def check_cell(cell: Scope, report: Report) -> None:
    hidden = {ion.path[-1]: "an ion" for ion in cell.ions()}
    if cell.membrane is not None and cell.membrane.declares("V"):
        hidden["V"] = "the membrane potential"
    for scope in cell.inside():
        if scope.parent is None or scope.keyword in ("membrane", SHARES):
            continue
        for name, span in declared(scope):
            if name in hidden and not (scope is cell and name == "V"):  # E202 says so
                message = f"`{name}` hides {hidden[name]} inside `{'.'.join(scope.path)}`"
                report(Diagnostic("W201", message, span, "give it another name"))


def declared(scope: Scope) -> Iterator[tuple[str, Span]]:
    """The names of a block; an ion hides none, it refines."""
    for name, definition in scope.members.items():
        yield name, definition.name.span
    for name, inner in scope.blocks.items():
        if inner.block is not None and inner.keyword != "ion":
            yield name, inner.block.span
