"""Blocks as namespaces: what each declares, and how a name is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from iondsl.errors import Diagnostic
from iondsl.syntax import ANY, Block, Definition, Derivative, Expression, Function, InitialVolume, Time

Report = Callable[[Diagnostic], None]

MAIN = {"current": "I", "flux": "J"}
TEMPERATURE = "temperature"
POOL = "pool"  # the block `Ca.i` of what is derived of a concentration
SHARES = "shares"  # the block `I` of `I.Na = ...` in a current


@dataclass(slots=True)
class Scope:
    """One block. `members` are the numbers that it declares, `path` where it stands from the model's root.

    Functions and protocols have names of their own: a quantity may be called the same.
    `derived` are the members that the compiler adds. `absent` are names that would be here but for an error that was
    reported: nothing is built on their lack.
    """

    keyword: str
    path: tuple[str, ...]
    parent: Scope | None
    block: Block | None = None
    blocks: dict[str, Scope] = field(default_factory=dict)
    members: dict[str, Definition] = field(default_factory=dict)
    derivatives: dict[str, Derivative] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    protocols: dict[str, Block] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    time: Time | None = None
    initial: InitialVolume | None = None

    @property
    def root(self) -> Scope:
        return self if self.parent is None else self.parent.root

    @property
    def home(self) -> Scope:
        """The cell that it belongs to, whose membrane, ions and spaces it means: its compartment, or the model."""
        return self if self.parent is None or self.keyword == "compartment" else self.parent.home

    @property
    def has_value(self) -> bool:
        """Whether the block's name alone stands for a number: a current's I, a gate's open fraction."""
        return self.keyword == "gate" or self.keyword in MAIN

    @property
    def title(self) -> str:
        """The block that its quantities are listed under: `I.Na` stands in its current."""
        return ".".join(self.path[:-1] if self.keyword == SHARES else self.path)

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

    def expressions(self) -> Iterator[Expression]:
        """Every right-hand side that stands in this block itself."""
        found: list[Expression | None] = [line.value for line in self.members.values()]
        found += [derivative.value for derivative in self.derivatives.values()]
        found += [function.value for function in self.functions.values()]
        found += [self.initial.value] if self.initial is not None else []
        found += [self.block.value] if self.block is not None else []
        return (expression for expression in found if expression is not None)

    def declares(self, name: str) -> bool:
        return name in self.members or name in self.derived

    def excuses(self, *names: str) -> bool:
        """Whether an error that was reported explains why one of the names is not here."""
        return ANY in self.absent or not self.absent.isdisjoint(names)

    def all_members(self) -> tuple[str, ...]:
        """The full names of all numbers in this block and those inside it."""
        return tuple(each.quantity(member) for each in self.below() for member in (*each.members, *each.derived))

    def lacks(self, name: str) -> bool:
        """Whether a member is missing, and that is news."""
        return not self.declares(name) and not self.excuses(name)

    def quantity(self, member: str) -> str:
        """The full name of a member: `I_Na.g`; a main member goes by its block's name, `V` is lifted out."""
        if self.keyword in MAIN and member == self.main:
            return ".".join(self.path)
        if self.keyword == "membrane" and member == "V":
            return "V"
        if self.parent is None and member == TEMPERATURE:
            return "T"
        return ".".join((*self.path, member))
