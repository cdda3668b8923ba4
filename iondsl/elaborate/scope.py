"""Blocks as namespaces: what each declares, and how a name is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Block, Cite, Definition, Derivative, Doc, Function, Program, Statement, Time

Report = Callable[[Diagnostic], None]
Node = TypeVar("Node", Derivative, Function)

MAIN = {"current": "I", "flux": "J"}

# What may stand where; the top of a file is "".
WITHIN = {
    "gate": ("", "current", "part"),
    "current": ("",),
    "ion": ("",),
    "membrane": ("",),
    "part": ("", "part", "current"),
    "protocol": ("",),
    "model": ("",),
}

PLANNED = ("space", "flux", "markov", "reaction", "compartment", "on", "variant", "use", "event", "conserved")


@dataclass(slots=True)
class Scope:
    """One block. `members` are the numbers that it declares, `path` where it stands from the model's root."""

    keyword: str
    path: tuple[str, ...]
    parent: Scope | None
    block: Block | None = None
    blocks: dict[str, Scope] = field(default_factory=dict)
    members: dict[str, Definition] = field(default_factory=dict)
    derivatives: dict[str, Derivative] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)
    time: Time | None = None

    @property
    def root(self) -> Scope:
        return self if self.parent is None else self.parent.root

    @property
    def has_value(self) -> bool:
        """Whether the block's name alone stands for a number: a current's I, a gate's open fraction."""
        return self.keyword == "gate" or self.main in self.members

    @property
    def main(self) -> str:
        return MAIN.get(self.keyword, "")

    def outward(self) -> Iterator[Scope]:
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def below(self) -> Iterator[Scope]:
        """This block and all inside it, in the order of the file."""
        yield self
        for block in self.blocks.values():
            yield from block.below()

    def declares(self, name: str) -> bool:
        return name in self.members or name in self.derived

    def quantity(self, member: str) -> str:
        """The full name of a member: `I_Na.g`; a main member goes by its block's name, `V` is lifted out."""
        if member == self.main or (self.keyword == "membrane" and member == "V"):
            return ".".join(self.path) if member == self.main else "V"
        return ".".join((*self.path, member))


def build(program: Program, report: Report) -> Scope:
    """The tree of blocks of a program, with everything that stands where it may not."""
    root = Scope("", (), None)
    for statement in program.body:
        place(root, statement, report)
    return root


def place(scope: Scope, statement: Statement, report: Report) -> None:
    """Enter one statement into the block that it stands in."""
    match statement:
        case Doc() | Cite():
            pass
        case Block():
            place_block(scope, statement, report)
        case Definition(keyword=keyword) if keyword in PLANNED:
            report(planned(keyword, statement.span))
        case Definition(keyword="clamp"):
            cure = "put it into a `protocol NAME:` block"
            report(Diagnostic("E204", "`clamp` stands only in a protocol", statement.span, cure))
        case Definition():
            declare(scope, statement, report)
        case Derivative():
            enter(scope.derivatives, statement.name.text, statement, f"{statement.name.text}'", report)
        case Function():
            enter(scope.functions, statement.name, statement, f"{statement.name}(...)", report)
        case Time():
            place_time(scope, statement, report)
        case _:
            report(planned("this kind of line", statement.span))


def place_block(scope: Scope, block: Block, report: Report) -> None:
    if block.keyword in PLANNED:
        report(planned(block.keyword, block.span))
        return
    if scope.keyword not in WITHIN[block.keyword]:
        places = " or ".join(f"in a `{place}`" if place else "at the top of the file" for place in WITHIN[block.keyword])
        report(Diagnostic("E204", f"a `{block.keyword}` stands only {places}", block.span, "move it there"))
        return
    if block.keyword == "model":
        place_model(scope, block, report)
        return
    inner = Scope(block.keyword, (*scope.path, block.name), scope, block)
    if not free(scope, block.name, block.span, report):
        return
    scope.blocks[block.name] = inner
    if block.keyword != "protocol":
        for statement in block.body:
            place(inner, statement, report)


def place_model(root: Scope, block: Block, report: Report) -> None:
    if root.block is not None:
        report(twice("model", block.span, root.block.span))
        return
    root.block = block
    for statement in block.body:
        if not isinstance(statement, Doc | Cite):
            cure = "begin the line at the margin: only the text about the model is indented below its name"
            report(Diagnostic("E204", "only a string and `cite` stand in a `model`", statement.span, cure))


def place_time(scope: Scope, statement: Time, report: Report) -> None:
    if scope.parent is not None:
        report(Diagnostic("E204", "`time` stands only at the top of the file", statement.span, "move it there"))
    elif scope.time is not None:
        report(twice("time", statement.span, scope.time.span))
    else:
        scope.time = statement


def declare(scope: Scope, definition: Definition, report: Report) -> None:
    name = definition.name
    if len(name.path) > 1:
        report(planned("a line that restates a member of another block", name.span))
    elif free(scope, name.text, name.span, report):
        scope.members[name.text] = definition


def enter(table: dict[str, Node], name: str, node: Node, shown: str, report: Report) -> None:
    if name in table:
        report(twice(shown, node.span, table[name].span))
    else:
        table[name] = node


def free(scope: Scope, name: str, span: Span, report: Report) -> bool:
    """Whether a name may still be declared here."""
    first: Definition | Block | None = scope.members.get(name)
    if first is None and name in scope.blocks:
        first = scope.blocks[name].block
    if first is None:
        return True
    report(twice(name, span, first.span))
    return False


def twice(name: str, span: Span, first: Span) -> Diagnostic:
    return Diagnostic("E202", f"`{name}` is declared twice", span, f"it is declared first in line {first.line}")


def planned(what: str, span: Span) -> Diagnostic:
    shown = what if " " in what else f"`{what}`"
    return Diagnostic("E290", f"{shown} is not supported by this version of iondsl", span)
