"""Blocks as namespaces: what each declares, and how a name is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from iondsl.errors import Diagnostic
from iondsl.syntax import (
    ANY,
    Block,
    Definition,
    Derivative,
    Eliminate,
    Expression,
    Function,
    InitialVolume,
    Order,
    Time,
    Transition,
)
from iondsl.units import Unit

Report = Callable[[Diagnostic], None]

MAIN = {"current": "I", "flux": "J"}
TEMPERATURE = "temperature"
POOL = "pool"  # the block `Ca.i` of what is derived of a concentration
SPECIES = "species"  # the block `B` of what is derived of a state that reactions move
SHARES = "shares"  # the block `I` of `I.Na = ...` in a current


@dataclass(slots=True)
class Scope:
    """One block. `members` are the numbers that it declares, `path` where it stands from the model's root.

    Functions and protocols have names of their own: a quantity may be called the same. `handlers` are its `on` blocks.
    `derived` are the members that the compiler adds. `absent` are names that would be here but for an error that was
    reported: nothing is built on their lack. `transitions` are lines with an arrow; `reacting` are the states of this
    block that reactions move, with the first reaction that does.
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
    transitions: list[Transition] = field(default_factory=list)
    events: dict[str, Definition] = field(default_factory=dict)
    handlers: list[Block] = field(default_factory=list)
    derived: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    time: Time | None = None
    order: Order | None = None
    initial: InitialVolume | None = None
    eliminated: Eliminate | None = None
    reacting: dict[str, Scope] = field(default_factory=dict)

    @property
    def root(self) -> Scope:
        return self if self.parent is None else self.parent.root

    @property
    def is_library(self) -> bool:
        """Whether it is the top of a file without `model`."""
        return self.parent is None and self.block is None

    @property
    def home(self) -> Scope:
        """The cell that it belongs to, whose membrane, ions and spaces it means: its compartment, or the model."""
        return self if self.parent is None or self.keyword == "compartment" else self.parent.home

    @property
    def cell(self) -> str:
        """The name of the cell that it belongs to, empty for the model itself."""
        return ".".join(self.home.path)

    @property
    def membrane(self) -> Scope | None:
        """That of its cell."""
        found = self.home.blocks.get("membrane")
        return found if found is not None and found.keyword == "membrane" else None

    @property
    def refined(self) -> Scope | None:
        """The ion of the model that an ion of a compartment refines."""
        around = None if self.keyword != "ion" or self.parent is None else self.parent.parent
        return None if around is None else around.ion(self.path[-1:])

    @property
    def clock(self) -> Unit | None:
        """The unit in which the library that it comes from counts time; None for what the model's own file says."""
        if self.block is not None and self.block.used is not None and self.block.used.time is not None:
            return self.block.used.time
        return None if self.parent is None else self.parent.clock

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

    def outside(self, parts: int) -> Scope:
        """The block around so many used parts in which this one stands; itself for none."""
        scope = self
        while parts > 0 and scope.parent is not None:
            parts -= scope.block is not None and scope.block.used is not None
            scope = scope.parent
        return scope

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

    def cells(self) -> Iterator[Scope]:
        """Of the root: the model itself, then its compartments."""
        yield self
        yield from (block for block in self.blocks.values() if block.keyword == "compartment")

    def inside(self) -> Iterator[Scope]:
        """This block and all inside it that belongs to the same cell, in the order of the file."""
        yield self
        for block in self.blocks.values():
            if block.keyword != "compartment":
                yield from block.inside()

    def cell_at(self, path: tuple[str, ...]) -> Scope | None:
        """The cell that stands before the name of an ion or a space: its own, or the compartment that is named."""
        if not path:
            return self.home
        return next((each for each in self.root.cells() if each.path == path), None)

    def ion(self, path: tuple[str, ...]) -> Scope | None:
        """`Ca` as its cell sees it, or `dend.Ca`."""
        cell = self.cell_at(path[:-1])
        around = () if cell is None else cell.outward()
        found = (outer.blocks[path[-1]] for outer in around if path[-1] in outer.blocks)
        block = next((each for each in found if each.keyword != SPECIES), None)
        return block if block is not None and block.keyword == "ion" else None

    def ions(self) -> tuple[Scope, ...]:
        """All that its cell sees, in the order of the file; those that it refines instead of the model's."""
        seen = [block for outer in self.home.outward() for block in reversed(outer.blocks.values())]
        return tuple(reversed([block for block in seen if self.ion(block.path[-1:]) is block]))

    def block_at(self, path: tuple[str, ...]) -> Scope | None:
        """The block that a path means here: the nearest of its first name, then the blocks inside it.

        What is derived of a state hides no block of the file.
        """
        found = [outer.blocks[path[0]] for outer in self.outward() if path[0] in outer.blocks]
        found = sorted((each for each in found if each.keyword != POOL), key=lambda each: each.keyword == SPECIES)
        block = next(iter(found), None)
        for part in path[1:]:
            block = None if block is None else block.inner(part)
        return block

    def inner(self, name: str) -> Scope | None:
        """A block inside it; in an ion also one of the ion that it refines."""
        found = self.blocks.get(name)
        return self.refined.inner(name) if found is None and self.refined is not None else found

    def holder(self, member: str) -> Scope | None:
        """What declares a member of an ion: itself, or the ion that it refines."""
        if self.declares(member):
            return self
        return None if self.refined is None else self.refined.holder(member)

    def expressions(self) -> Iterator[Expression]:
        """Every right-hand side that stands in this block itself."""
        found: list[Expression | None] = [line.value for line in self.members.values()]
        found += [derivative.value for derivative in self.derivatives.values()]
        found += [function.value for function in self.functions.values()]
        found += [rate for transition in self.transitions for rate in transition.rates]
        found += [self.initial.value] if self.initial is not None else []
        found += [self.block.value] if self.block is not None else []
        found += [event.value for event in self.events.values()]
        found += [line.value for block in self.handlers for line in block.body if isinstance(line, Definition)]
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
        return self.holder(name) is None and not self.excuses(name)

    def quantity(self, member: str) -> str:
        """The full name of a member: `I_Na.g`; a main member goes by its block's name, `V` is lifted out."""
        if self.keyword in MAIN and member == self.main:
            return ".".join(self.path)
        if self.keyword == "membrane" and member == "V":
            return ".".join((*self.path[:-1], "V"))
        if self.parent is None and member == TEMPERATURE:
            return "T"
        return ".".join((*self.path, member))
