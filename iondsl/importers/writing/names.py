"""Names in the shortest form that means the same where they stand, by the language's own rules of lookup."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iondsl.elaborate import completeness
from iondsl.elaborate.names import Names
from iondsl.elaborate.physics.arguments import blocks_named
from iondsl.elaborate.placing import build
from iondsl.elaborate.scope import Scope
from iondsl.errors import Diagnostic
from iondsl.syntax import (
    Block,
    Call,
    Definition,
    Derivative,
    Expression,
    Function,
    InitialVolume,
    Name,
    Occupancy,
    Prime,
    Program,
    Statement,
    StateNames,
    Transition,
)
from iondsl.traversal import rewrite, walk

# Names in them are looked up elsewhere than where they stand.
APART = ("variant", "on")

TIME = "t"

Path = tuple[str, ...]


def shortened(program: Program) -> Program:
    """The program with short names, where every name that stood in it was a full path from the root.

    What has no meaning there stays as it is: the arguments of a function, ions and pools in calls, and what stands in
    variants and in events. Raises LookupError for what cannot be named from where it stands.
    """
    names = announced(program)
    return replace(program, body=Shortening(names).body(program.body, names.root))


def announced(program: Program) -> Names:
    """What looks names up in a program, with what the compiler will derive."""
    root = build(program, ignore)
    time = TIME if root.time is None else root.time.name
    completeness.check(root, time, ignore)
    return Names(root, time, ignore)


def ignore(_: Diagnostic) -> None:
    """What is wrong with a program is not looked for here."""


@dataclass(frozen=True, slots=True)
class Shortening:
    """One way through the blocks of a program, each with its scope."""

    names: Names

    def body(self, statements: tuple[Statement, ...], scope: Scope) -> tuple[Statement, ...]:
        return tuple(self.statement(each, scope) for each in statements)

    def statement(self, line: Statement, scope: Scope) -> Statement:
        match line:
            case Block():
                return self.block(line, scope)
            case Definition():
                return replace(line, value=self.optional(line.value, scope))
            case Derivative() | InitialVolume():
                return replace(line, value=self.expression(line.value, scope))
            case Function():
                return replace(line, value=self.expression(line.value, scope, line.parameters))
            case StateNames():
                return replace(line, occupancies=tuple(self.occupancy(each, scope) for each in line.occupancies))
            case Transition():
                return replace(line, rates=tuple(self.expression(each, scope) for each in line.rates))
        return line

    def block(self, block: Block, scope: Scope) -> Block:
        """A block; one that is no namespace, such as a protocol, means what stands around it."""
        if block.keyword in APART:
            return block
        inner = scope.blocks.get(block.name)
        inside = inner if inner is not None and inner.block is block else scope
        return replace(block, value=self.optional(block.value, scope), body=self.body(block.body, inside))

    def occupancy(self, node: Occupancy, scope: Scope) -> Occupancy:
        return replace(node, value=self.optional(node.value, scope))

    def optional(self, value: Expression | None, scope: Scope) -> Expression | None:
        return None if value is None else self.expression(value, scope)

    def expression(self, value: Expression, scope: Scope, bound: tuple[str, ...] = ()) -> Expression:
        """`bound` are the parameters of a function, which hide what has their names."""
        calls = [node for node in walk(value) if isinstance(node, Call)]
        no_numbers = {id(name) for call in calls for name in blocks_named(call)}

        def change(node: Expression) -> Expression:
            match node:
                case Name() if id(node) not in no_numbers and node.text not in bound:
                    return self.short(node, scope, bound)
                case Prime():
                    return replace(node, name=self.short(node.name, scope, bound))
            return node

        return rewrite(value, change)

    def short(self, name: Name, scope: Scope, bound: tuple[str, ...]) -> Name:
        meaning = self.names.find(name.path, self.names.root)
        if meaning is None:
            return name
        forms = (form for form in self.forms(meaning, name) if ".".join(form) not in bound)
        found = next((form for form in forms if self.names.find(form, scope) == meaning), None)
        if found is None:
            raise LookupError(f"`{name.text}` cannot be named inside `{'.'.join(scope.path)}`, which has that name")
        return replace(name, path=found)

    def forms(self, meaning: str, name: Name) -> list[Path]:
        """What the name may be called, the shortest first: a current also by its `I`, as it is inside of itself."""
        path = tuple(meaning.split("."))
        block = self.names.root.block_at(path)
        paths = [path, name.path, *([(*path, block.main)] if block is not None and block.main else [])]
        forms = {each[-count:] for each in paths for count in range(1, len(each) + 1)}
        return sorted(forms, key=lambda form: (len(form), len(".".join(form)), form))
