"""Names in expressions: each is looked up from where it stands, and replaced by its full path from the root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from iondsl.constants import CONSTANTS
from iondsl.elaborate import influx
from iondsl.elaborate.excused import is_excused
from iondsl.elaborate.physics.arguments import OF_A_SPACE, blocks_named
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.unknown import needed, unknown
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Call, Expression, Name, Prime, wrong
from iondsl.traversal import children, remembered, rewrite, walk

PI = "pi"
MOST_SUGGESTIONS = 10  # each is held against every name of the model


@frozen
class Names:
    """Looks names up in the blocks below `root`. `time` is the name of time, `sought` what was not found."""

    root: Scope
    time: str
    report: Report
    sought: list[Name] = field(default_factory=list)

    def resolve(self, expression: Expression, scope: Scope, bound: Mapping[str, Name] | None = None) -> Expression:
        """The expression with full names. `bound` are the parameters of a function and what they become."""
        parameters = bound or {}
        left = dict(self.left_alone(expression, scope))

        def change(node: Expression) -> Expression:
            match node:
                case Name() if left and node.span in left:
                    return replace(node, path=in_full(node, left[node.span], scope.outside(node.outward)))
                case Name() if node.text in parameters and not node.outward:
                    return replace(parameters[node.text], span=node.span)
                case Name():
                    return self.lookup(node, scope)
                case Prime():
                    return replace(node, name=self.lookup(node.name, scope))
                case _:
                    return node

        return rewrite(expression, change)

    def left_alone(self, expression: Expression, scope: Scope) -> Iterator[tuple[Span, str]]:
        """Names that are no numbers, with their function: an ion in `nernst(Na)`, a pool in `influx(Na.i)`."""
        for node in walk(expression):
            if not isinstance(node, Call):
                continue
            function, around = node.function.text, scope.outside(node.function.outward)
            if any(function in outer.functions for outer in around.outward()):
                continue
            yield from ((each.span, function) for each in blocks_named(node))

    def lookup(self, name: Name, scope: Scope) -> Name:
        scope = scope.outside(name.outward)
        found = self.find(name.path, scope)
        if found is not None:
            return Name(tuple(found.split(".")), name.span, name.outward)
        if name.text and not is_excused(name.path, scope):
            self.sought.append(name)
            finding = unknown(name, scope, self.time, suggest=len(self.sought) <= MOST_SUGGESTIONS)
            finding = needed(name, finding)
            self.report(finding)
            self.excuse(finding, name, scope)
        return wrong(name.span)

    def excuse(self, finding: Diagnostic, name: Name, scope: Scope) -> None:
        """Say once that an ion has no `E`, or that there is no temperature."""
        if finding.code in ("E304", "E305"):
            ion = scope.block_at(name.path[:-1]) if len(name.path) > 1 else scope
            if ion is not None:
                ion.absent.add("E")
        if finding.code == "E305" or name.text == "T":
            self.root.absent.add("T")

    def find(self, path: tuple[str, ...], scope: Scope) -> str | None:
        """The full name of the quantity that a path means in a block, or None."""
        if len(path) > 1:
            block = scope.block_at(path[:-1])
            return None if block is None else value_in(block, path[-1])
        for outer in scope.outward():
            found = value_in(outer, path[0])
            if found is not None:
                return found
        return path[0] if path[0] in (self.time, PI) or path[0] in CONSTANTS else None


def in_full(name: Name, function: str, scope: Scope) -> tuple[str, ...]:
    """The path from the root of an ion, a pool or a space that stands in a call; as it is where there is none."""
    if function in OF_A_SPACE:
        cell = scope.cell_at(name.path[:-1])
        return name.path if cell is None else (*cell.path, name.path[-1])
    if function == "influx":
        pool = influx.meant(name, scope)
        return name.path if pool is None else tuple(pool.quantity.split("."))
    ion = scope.ion(name.path)
    return name.path if ion is None else ion.path


def value_in(scope: Scope, name: str) -> str | None:
    """The full name of a member of a block, of a block inside it that stands for a number, or of the V of a cell."""
    holder = scope.holder(name)
    if holder is not None:
        return holder.quantity(name)
    block = scope.blocks.get(name)
    if block is not None and block.has_value:
        return ".".join(block.path)
    membrane = scope.membrane if name == "V" and scope.home is scope else None
    return membrane.quantity(name) if membrane is not None and membrane.declares(name) else None


@remembered
def names_in(expression: Expression) -> frozenset[str]:
    """The full names that a resolved expression reads; a derivative is `x'`."""
    found: set[str] = set()
    open_nodes = [expression]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, Name):
            found.add(node.text)
        elif isinstance(node, Prime):
            found.add(node.name.text + "'")
        else:
            open_nodes += children(node)
    return frozenset(found)
