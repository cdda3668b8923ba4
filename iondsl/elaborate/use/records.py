"""Used parts, for readers of a System: where each comes from, and what was restated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from iondsl.elaborate.names import Names
from iondsl.elaborate.scope import Scope
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.syntax import Expression, Name, Restated, Used
from iondsl.system import Part, Quantity, Replaced, System
from iondsl.traversal import walk


def recorded(system: System, names: Names, readable: Callable[[Expression], Expression]) -> System:
    """The System with its used parts, in the order of the blocks, and marks on what their lines restate.

    `readable` leaves out conversions that change nothing.
    """
    recorder = Recorder(replace(names, report=unsaid, sought=[]), readable)
    parts = tuple(recorder.parts())
    restated = {line.quantity for part in parts for each in chain(part) for line in each.replaced}
    quantities = tuple(marked(each, restated) for each in system.quantities) if parts else system.quantities
    return replace(system, parts=parts, quantities=quantities)


def chain(part: Part) -> Iterator[Part]:
    """A part, and those that it is a copy of."""
    yield part
    if part.of is not None:
        yield from chain(part.of)


def marked(quantity: Quantity, restated: set[str]) -> Quantity:
    value, rate = quantity.value, quantity.rate
    if value is not None and quantity.name in restated:
        value = replace(value, restated=True)
    if rate is not None and f"{quantity.name}'" in restated:
        rate = replace(rate, restated=True)
    return replace(quantity, value=value, rate=rate)


def unsaid(_: Diagnostic) -> None:
    """What is restated need not mean anything any more."""


@frozen
class Recorder:
    names: Names
    readable: Callable[[Expression], Expression]

    def parts(self) -> Iterator[Part]:
        for scope in self.names.root.below():
            if scope.block is not None and scope.block.used is not None:
                yield self.part(scope, scope.block.used)

    def part(self, scope: Scope, used: Used, name: str = "") -> Part:
        """What a block is a copy of; `name` is what the copy is called in its file, if not here."""
        of = None if used.of is None else self.part(scope, used.of, used.part)
        lines = tuple(self.replaced(line, scope, is_last=not name) for line in used.restated)
        return Part(
            name=name or ".".join(scope.path),
            keyword=scope.keyword,
            origin=used.part,
            library=used.library,
            header=used.header,
            span=used.line,
            doc="" if name or scope.block is None else scope.block.docs,
            replaced=lines,
            citations=used.citations,
            of=of,
        )

    def replaced(self, line: Restated, scope: Scope, is_last: bool) -> Replaced:
        """With names in full; without the right side where one is not there, or lines of a later `use` bind them."""
        if line.original is None:
            value = self.resolved(line.value, scope.parent) if is_last and scope.parent is not None else None
            return Replaced(line.name, line.span, None, value=value)
        if not line.path:
            return Replaced(line.name, line.span, line.original, ".".join(scope.path))
        *blocks, member = line.path.removesuffix("'").split(".")
        around: Scope | None = scope
        for name in blocks:
            around = None if around is None else around.inner(name)
        if around is None:
            return Replaced(line.name, line.span, line.original)
        quantity = around.quantity(member) + ("'" if line.path.endswith("'") else "")
        value = self.resolved(line.value, around) if is_last else None
        return Replaced(line.name, line.span, line.original, quantity, value)

    def resolved(self, value: Expression | None, scope: Scope) -> Expression | None:
        found = None if value is None else self.names.resolve(value, scope)
        if found is None or any(isinstance(node, Name) and not node.text for node in walk(found)):
            return None
        return self.readable(found)

