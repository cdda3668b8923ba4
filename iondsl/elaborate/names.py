"""Names in expressions: each is looked up from where it stands, and replaced by its full path from the root."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.functions import PLANNED_CONSTANTS
from iondsl.syntax import Call, Expression, Name, Prime, children, rewrite, walk

PI = "pi"


@dataclass(slots=True)
class Names:
    """Looks names up in the blocks below `root`. `unread` are words of lines that failed: no error is built on them."""

    root: Scope
    time: str
    unread: frozenset[str]
    report: Report

    def resolve(self, expression: Expression, scope: Scope, bound: frozenset[str] = frozenset()) -> Expression:
        """The expression with full names; `bound` are the parameters of a function that is being defined."""

        ions = {argument.span for argument in self.ion_arguments(expression, scope)}

        def change(node: Expression) -> Expression:
            match node:
                case Name() if node.text in bound or node.span in ions:
                    return node
                case Name():
                    return self.lookup(node, scope)
                case Prime():
                    return replace(node, name=self.lookup(node.name, scope))
                case _:
                    return node

        return rewrite(expression, change)

    def ion_arguments(self, expression: Expression, scope: Scope) -> Iterator[Name]:
        """The `Na` of every `nernst(Na)`: a whole ion, where elsewhere only numbers stand."""
        for node in walk(expression):
            match node:
                case Call(function=Name(path=("nernst",)), arguments=(Name(path=(ion,)) as argument,)):
                    if self.ion(ion) is not None:
                        yield argument

    def ion(self, name: str) -> Scope | None:
        block = self.root.blocks.get(name)
        return block if block is not None and block.keyword == "ion" else None

    def lookup(self, name: Name, scope: Scope) -> Name:
        found = self.find(name.path, scope)
        if found is None:
            self.complain(name, scope)
            return name
        return replace(name, path=tuple(found.split(".")))

    def find(self, path: tuple[str, ...], scope: Scope) -> str | None:
        """The full name of the quantity that a path means in a block, or None."""
        if len(path) > 1:
            return self.find_member(path, scope)
        for outer in scope.outward():
            if outer.declares(path[0]):
                return outer.quantity(path[0])
            block = outer.blocks.get(path[0])
            if block is not None and block.has_value:
                return ".".join(block.path)
        return path[0] if path[0] in (self.time, PI) or self.is_potential(path[0]) else None

    def is_potential(self, name: str) -> bool:
        membrane = self.root.blocks.get("membrane")
        return name == "V" and membrane is not None and membrane.declares("V")

    def find_member(self, path: tuple[str, ...], scope: Scope) -> str | None:
        block = next((outer.blocks[path[0]] for outer in scope.outward() if path[0] in outer.blocks), None)
        for part in path[1:-1]:
            block = None if block is None else block.blocks.get(part)
        if block is None:
            return None
        if block.declares(path[-1]):
            return block.quantity(path[-1])
        inner = block.blocks.get(path[-1])
        return ".".join(inner.path) if inner is not None and inner.has_value else None

    def complain(self, name: Name, scope: Scope) -> None:
        if self.unread.isdisjoint(name.path):
            self.report(self.unknown(name, scope))

    def unknown(self, name: Name, scope: Scope) -> Diagnostic:
        block = next((outer.blocks[name.text] for outer in scope.outward() if name.text in outer.blocks), None)
        if block is not None:
            members = ", ".join(f"`{name.text}.{member}`" for member in sorted({*block.members, *block.derived}))
            cure = f"name one of its members: {members}" if members else ""
            return Diagnostic("E203", f"the {block.keyword} `{name.text}` is not a number", name.span, cure)
        if name.text in PLANNED_CONSTANTS:
            cure = f"declare it at the top of the file: {CONSTANTS.get(name.text, '`param`')}"
            message = f"the built-in constant `{name.text}` is not supported by this version of iondsl"
            return Diagnostic("E290", message, name.span, cure)
        if name.text == "T":
            return Diagnostic("E201", "unknown name `T`", name.span, "write `temperature = 37 [degC]` to have it")
        return Diagnostic("E201", f"unknown name `{name.text}`", name.span, suggestion(name.text, self.known(scope)))

    def known(self, scope: Scope) -> set[str]:
        """Every name that could have been meant: the near ones bare, all others with their full path."""
        near = {member for outer in scope.outward() for member in (*outer.members, *outer.derived, *outer.blocks)}
        far = {
            ".".join((*block.path, member))
            for block in self.root.below()
            for member in (*block.members, *block.derived)
        }
        return near | far | {self.time, "V"} if self.is_potential("V") else near | far | {self.time}


CONSTANTS = {
    "F": "`param F = 96485.33212 [C/mol]`",
    "R": "`param R = 8.314462618 [J/mol/K]`",
    "k_B": "`param k_B = 1.380649e-23 [J/K]`",
    "q_e": "`param q_e = 1.602176634e-19 [C]`",
    "N_A": "`param N_A = 6.02214076e23 [1/mol]`",
}


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
