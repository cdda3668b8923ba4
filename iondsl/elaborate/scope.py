"""Blocks as namespaces: what each declares, and how a name is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from iondsl.errors import Diagnostic
from iondsl.syntax import ANY, Block, Definition, Derivative, Function, Time

Report = Callable[[Diagnostic], None]

MAIN = {"current": "I", "flux": "J"}
TEMPERATURE = "temperature"


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

    @property
    def root(self) -> Scope:
        return self if self.parent is None else self.parent.root

    @property
    def has_value(self) -> bool:
        """Whether the block's name alone stands for a number: a current's I, a gate's open fraction."""
        return self.keyword == "gate" or self.keyword in MAIN

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

    def excuses(self, *names: str) -> bool:
        """Whether an error that was reported explains why one of the names is not here."""
        return ANY in self.absent or not self.absent.isdisjoint(names)

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
