"""Used parts, for readers of a System: where each comes from, and what was restated."""

from __future__ import annotations

from iondsl.elaborate.scope import Scope
from iondsl.system import Part, Replaced


def part(scope: Scope) -> Part | None:
    used = None if scope.block is None else scope.block.used
    if used is None:
        return None
    replaced = tuple(Replaced(each.name, each.span, each.original) for each in used.restated)
    name = ".".join(scope.path)
    return Part(name, scope.keyword, used.part, used.library, used.header, used.line, replaced)
