"""W201: a block declares a name that hides an ion or the membrane potential inside it."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.scope import SHARES, Report, Scope
from iondsl.errors import Diagnostic
from iondsl.source import Span


def check(root: Scope, report: Report) -> None:
    hidden = {name: "an ion" for name, block in root.blocks.items() if block.keyword == "ion"}
    if "membrane" in root.blocks and root.blocks["membrane"].declares("V"):
        hidden["V"] = "the membrane potential"
    for scope in root.below():
        if scope.parent is None or scope.keyword in ("membrane", SHARES):
            continue
        for name, span in declared(scope):
            if name in hidden:
                message = f"`{name}` hides {hidden[name]} inside `{'.'.join(scope.path)}`"
                report(Diagnostic("W201", message, span, "give it another name"))


def declared(scope: Scope) -> Iterator[tuple[str, Span]]:
    for name, definition in scope.members.items():
        yield name, definition.name.span
    for name, inner in scope.blocks.items():
        if inner.block is not None:
            yield name, inner.block.span
