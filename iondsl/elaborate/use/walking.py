"""The names in a block that mean something outside of it, found by the rules of lookup and replaced, as syntax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from itertools import islice
from typing import Protocol

from iondsl.elaborate.physics.arguments import OF_A_SPACE, blocks_named
from iondsl.elaborate.scope import MAIN, SHARES
from iondsl.immutable import frozen
from iondsl.syntax import (
    Block,
    Call,
    Carrier,
    Definition,
    Derivative,
    Expression,
    Function,
    InitialVolume,
    Name,
    Prime,
    Restated,
    Statement,
    StateNames,
    Term,
    Transition,
    Used,
)
from iondsl.traversal import rewrite, walk


class Role(Enum):
    """As what a name stands where it stands."""

    NUMBER = "number"
    STATE = "state"
    ION = "ion"
    POOL = "pool"
    SPACE = "space"
    FUNCTION = "function"


class Binder(Protocol):
    """What becomes of the free names of a part."""

    def name(self, name: Name, role: Role, depth: int) -> Expression:
        """In the place of a name, which stands in `depth` used parts. Only a number may become another expression."""

    def moves(self, block: Block, within: Within) -> Block:
        """A block with other ions and spaces in its header."""

    def call(self, call: Call, within: Within) -> Call:
        """A call whose function reads more than its arguments: the members of an ion, say."""

    def sets(self, line: Definition, within: Within) -> Definition:
        """A line behind `on`, of which the left side still stands as written."""


@frozen
class Frame:
    """What a block declares: numbers, functions, and blocks with their keywords."""

    numbers: frozenset[str]
    functions: frozenset[str]
    blocks: dict[str, str]
    is_used: bool

    def hides(self, name: Name, role: Role) -> bool:
        """Alone a name is the nearest number, before a dot the nearest block."""
        first, *inner = name.path
        if role is Role.FUNCTION:
            return first in self.functions
        if inner or role in (Role.ION, Role.SPACE):
            return first in self.blocks
        return first in self.numbers or self.blocks.get(first) in (*MAIN, "gate")


@frozen
class Within:
    """The blocks around a name, outermost first; the first one is the part itself."""

    frames: tuple[Frame, ...] = ()

    def inside(self, block: Block) -> Within:
        return Within((*self.frames, frame_of(block, is_used=block.used is not None or not self.frames)))

    def at(self, block: Block, path: str) -> Within:
        """Where a line of the block stands, by its path there."""
        within = self.inside(block)
        for name in path.split(".")[:-1]:
            inner = (each for each in block.body if isinstance(each, Block) and each.name == name)
            block = next(inner, block)
            within = within.inside(block)
        return within

    def seen(self, outward: int) -> Iterator[Frame]:
        """The blocks in which a name is looked up, innermost first."""
        for frame in reversed(self.frames):
            if outward == 0:
                yield frame
            outward -= frame.is_used and outward > 0

    @property
    def depth(self) -> int:
        return sum(frame.is_used for frame in self.frames)

    def has_share(self, name: Name) -> bool:
        """Whether it is `I.Na` in its current."""
        declaring = (frame for frame in self.seen(name.outward) if name.path[0] in frame.blocks)
        return any(frame.blocks[name.path[0]] == SHARES for frame in islice(declaring, 1))

    def is_free(self, name: Name, role: Role) -> bool:
        """Whether nothing inside the part has this name."""
        return not any(frame.hides(name, role) for frame in self.seen(name.outward))


NOWHERE = Within()


def frame_of(block: Block, is_used: bool) -> Frame:
    """What `on` sets is declared elsewhere; what the compiler adds to a block counts as declared."""
    declared = () if block.keyword == "on" else block.body
    numbers: set[str] = {"inf", "tau"} if block.keyword == "gate" else {"E"} if block.keyword == "ion" else set()
    functions: set[str] = set()
    blocks: dict[str, str] = {}
    for statement in declared:
        match statement:
            case Definition() if len(statement.name.path) > 1:
                blocks.setdefault(statement.name.path[0], SHARES)
            case Definition():
                numbers.add(statement.name.text)
            case StateNames():
                numbers |= {each.name for each in statement.occupancies}
            case Function():
                functions.add(statement.name)
            case Block():
                blocks[statement.name] = statement.keyword
    numbers |= {"V"} if "membrane" in blocks else set()
    return Frame(frozenset(numbers), frozenset(functions), blocks, is_used)


@frozen
class Walk:
    """One way through a part, with what becomes of its free names; `records`: also of those in its records."""

    binder: Binder
    records: bool = False

    def block(self, block: Block, around: Within = NOWHERE) -> Block:
        """A block with all that is in it."""
        value = None if block.value is None else self.expression(block.value, around)
        block = self.binder.moves(replace(block, value=value), around)
        within = around.inside(block)
        sets = block.keyword == "on"
        body = (self.setting(each, within) if sets else self.statement(each, within) for each in block.body)
        used = self.recorded(block.used, block, around) if self.records and block.used is not None else block.used
        return replace(block, body=tuple(body), used=used)

    def recorded(self, used: Used, block: Block, around: Within) -> Used:
        """Where the block comes from. What its lines bind was written outside of it, the outermost one's elsewhere."""

        def changed(line: Restated) -> Restated:
            if line.original is None and not around.frames:
                return line
            within = around.at(block, line.path) if line.path else around
            return replace(line, value=self.optional(line.value, within))

        return replace(used, restated=tuple(map(changed, used.restated)))

    def statement(self, line: Statement, within: Within) -> Statement:
        match line:
            case Block():
                return self.block(line, within)
            case Definition():
                name = self.share(line.name, within) if len(line.name.path) > 1 else line.name
                carries = self.carriers(line, within) if line.carries else ()
                value = self.optional(line.value, within)
                same = value is line.value and name is line.name and carries is line.carries
                return line if same else replace(line, name=name, value=value, carries=carries)
            case Derivative() | InitialVolume():
                return replace(line, value=self.expression(line.value, within))
            case Function():
                return replace(line, value=self.expression(line.value, within, frozenset(line.parameters)))
            case StateNames():
                given = (replace(each, value=self.optional(each.value, within)) for each in line.occupancies)
                return replace(line, occupancies=tuple(given))
            case Transition():
                rates = tuple(self.expression(each, within) for each in line.rates)
                left, right = (tuple(self.term(each, within) for each in side) for side in (line.left, line.right))
                return replace(line, left=left, right=right, rates=rates)
        return line

    def setting(self, line: Statement, within: Within) -> Statement:
        """`V = V_reset` behind `on`, whose left side is a name like others."""
        if not isinstance(line, Definition):
            return line
        line = self.binder.sets(line, within)
        name = self.named(line.name, Role.STATE, within)
        return replace(line, name=name, value=self.optional(line.value, within))

    def carriers(self, stimulus: Definition, within: Within) -> tuple[Carrier, ...]:
        """Those of a stimulus, which has no other header."""
        header = Block("stimulus", stimulus.name.text, stimulus.span, carries=stimulus.carries)
        return self.binder.moves(header, within).carries

    def share(self, name: Name, within: Within) -> Name:
        """`I.Na` of `I.Na = ...` in a current."""
        block, *ion = name.path
        found = self.named(replace(name, path=tuple(ion)), Role.ION, within)
        return replace(name, path=(block, *found.path))

    def optional(self, value: Expression | None, within: Within) -> Expression | None:
        return None if value is None else self.expression(value, within)

    def expression(self, value: Expression, within: Within, bound: frozenset[str] = frozenset()) -> Expression:
        """`bound` are the parameters of a function."""
        calls = calls_in(value)
        if calls:
            value = rewrite(value, lambda node: self.binder.call(node, within) if isinstance(node, Call) else node)
            calls = calls_in(value)
        roles = {name.span: role_in(call) for call in calls for name in blocks_named(call)}

        def change(node: Expression) -> Expression:
            match node:
                case Name() if node.text and (node.outward or node.text not in bound):
                    return self.name(node, roles.get(node.span, Role.NUMBER), within)
                case Prime():
                    return replace(node, name=self.named(node.name, Role.STATE, within))
                case Call():
                    function = self.named(node.function, Role.FUNCTION, within)
                    return node if function is node.function else replace(node, function=function)
            return node

        return rewrite(value, change)

    def term(self, term: Term, within: Within) -> Term:
        return replace(term, species=self.named(term.species, Role.POOL, within))

    def named(self, name: Name, role: Role, within: Within) -> Name:
        """Where nothing but a name may stand."""
        found = self.name(name, role, within)
        return found if isinstance(found, Name) else name

    def name(self, name: Name, role: Role, within: Within) -> Expression:
        if role is Role.NUMBER and len(name.path) == 2 and within.has_share(name):
            return self.share(name, within)
        return self.binder.name(name, role, within.depth) if within.is_free(name, role) else name


def calls_in(value: Expression) -> list[Call]:
    return [each for each in walk(value) if isinstance(each, Call)]


def role_in(call: Call) -> Role:
    """What the arguments stand for that are no numbers."""
    if call.function.text in OF_A_SPACE:
        return Role.SPACE
    return Role.POOL if call.function.text == "influx" else Role.ION
