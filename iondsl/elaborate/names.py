"""Names in expressions: each is looked up from where it stands, and replaced by its full path from the root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from iondsl.constants import CONSTANTS
from iondsl.elaborate import influx
from iondsl.elaborate.physics.arguments import blocks_named
from iondsl.elaborate.scope import POOL, TEMPERATURE, Report, Scope
from iondsl.elaborate.unknown import unknown
from iondsl.errors import Diagnostic
from iondsl.functions import PLANNED
from iondsl.syntax import Call, Expression, Name, Prime, wrong
from iondsl.traversal import children, rewrite, walk

PI = "pi"


@dataclass(frozen=True, slots=True)
class Names:
    """Looks names up in the blocks below `root`. `time` is the name of time."""

    root: Scope
    time: str
    report: Report

    def resolve(self, expression: Expression, scope: Scope, bound: Mapping[str, Name] | None = None) -> Expression:
        """The expression with full names. `bound` are the parameters of a function and what they become."""
        parameters = bound or {}
        left = {name.span for name in self.left_alone(expression, scope)}

        def change(node: Expression) -> Expression:
            match node:
                case Name() if left and node.span in left:
                    return node
                case Name() if node.text in parameters:
                    return replace(parameters[node.text], span=node.span)
                case Name():
                    return self.lookup(node, scope)
                case Prime():
                    return replace(node, name=self.lookup(node.name, scope))
                case Call(function=Name(path=("influx",))):
                    return influx.in_full(node, scope)
                case _:
                    return node

        return rewrite(expression, change)

    def left_alone(self, expression: Expression, scope: Scope) -> Iterator[Name]:
        """Names that are no numbers: an ion in `nernst(Na)`, a pool in `influx(Na.i)`; all in a call not there yet."""
        for node in walk(expression):
            if not isinstance(node, Call):
                continue
            if any(node.function.text in outer.functions for outer in scope.outward()):
                continue
            if node.function.text in PLANNED:
                yield from (each for each in walk(node) if isinstance(each, Name))
            else:
                yield from blocks_named(node)

    def ion(self, name: str) -> Scope | None:
        block = self.root.blocks.get(name)
        return block if block is not None and block.keyword == "ion" else None

    def lookup(self, name: Name, scope: Scope) -> Name:
        found = self.find(name.path, scope)
        if found is not None:
            return replace(name, path=tuple(found.split(".")))
        if name.text and not self.is_excused(name.path, scope):
            finding = unknown(name, scope, self.time)
            self.report(finding)
            self.excuse(finding, name, scope)
        return wrong(name.span)

    def excuse(self, finding: Diagnostic, name: Name, scope: Scope) -> None:
        """Say once that an ion has no `E`, or that there is no temperature."""
        if finding.code in ("E304", "E305"):
            ion = self.block(name.path[:-1], scope) if len(name.path) > 1 else scope
            if ion is not None:
                ion.absent.add("E")
        if finding.code == "E305" or name.text == "T":
            self.root.absent.add("T")

    def find(self, path: tuple[str, ...], scope: Scope) -> str | None:
        """The full name of the quantity that a path means in a block, or None."""
        if len(path) > 1:
            block = self.block(path[:-1], scope)
            return None if block is None else value_in(block, path[-1])
        for outer in scope.outward():
            found = value_in(outer, path[0])
            if found is not None:
                return found
        built_in = path[0] in (self.time, PI) or path[0] in CONSTANTS
        return path[0] if built_in or self.is_potential(path[0]) else None

    def block(self, path: tuple[str, ...], scope: Scope) -> Scope | None:
        """The block that a path means: the nearest of its first name, then the blocks inside it."""
        found = (outer.blocks[path[0]] for outer in scope.outward() if path[0] in outer.blocks)
        block = next((each for each in found if each.keyword != POOL), None)
        for part in path[1:]:
            block = None if block is None else block.blocks.get(part)
        return block

    def is_potential(self, name: str) -> bool:
        membrane = self.root.blocks.get("membrane")
        return name == "V" and membrane is not None and membrane.declares("V")

    def is_excused(self, path: tuple[str, ...], scope: Scope) -> bool:
        """Whether an error that was reported explains why a name is unknown."""
        if any(outer.excuses(path[0]) for outer in scope.outward()):
            return True
        if path == ("T",):
            return TEMPERATURE in self.root.absent
        if path == ("V",):
            membrane = self.root.blocks.get("membrane")
            return membrane is not None and membrane.excuses("V")
        if path[-1] == "E" and not self.root.declares("T") and "T" in self.root.absent:
            return self.could_have_potential(path, scope)
        blocks = (self.block(path[:end], scope) for end in range(1, len(path)))
        return any(block is not None and block.excuses(path[end]) for end, block in enumerate(blocks, 1))

    def could_have_potential(self, path: tuple[str, ...], scope: Scope) -> bool:
        """Whether nothing but the temperature is missing for the `E` of an ion."""
        ion = self.block(path[:-1], scope) if len(path) > 1 else scope
        return ion is not None and ion.keyword == "ion" and ion.declares("i") and ion.declares("o")


def value_in(scope: Scope, name: str) -> str | None:
    """The full name of a member of a block, or of a block inside it that stands for a number."""
    if scope.declares(name):
        return scope.quantity(name)
    block = scope.blocks.get(name)
    return ".".join(block.path) if block is not None and block.has_value else None


def names_in(expression: Expression) -> set[str]:
    """The full names that a resolved expression reads; a derivative is `x'`."""
    found: set[str] = set()
    open_nodes = [expression]
    while open_nodes:
        node = open_nodes.pop()
        match node:
            case Prime():
                found.add(node.name.text + "'")
            case Name():
                found.add(node.text)
            case _:
                open_nodes += children(node)
    return found
