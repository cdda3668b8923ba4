"""What a library says of names outside its parts: in which unit they count, what comes along, what must be there.

An `input` is a port, and so are the members of its ions, spaces and membrane: the user has them. Parameters, derived
quantities, functions and plain `part` blocks come along with the part that reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iondsl.elaborate.calls import KNOWN
from iondsl.elaborate.draft import is_literal, unit_behind
from iondsl.elaborate.ions import MILLIVOLT
from iondsl.elaborate.scope import MAIN, TEMPERATURE, Report
from iondsl.elaborate.use import free
from iondsl.elaborate.use.free import Taken
from iondsl.elaborate.use.walking import Role, frame_of
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.syntax import Block, Definition, Doc, Function, Need, Program, Statement, Time, UnitLiteral
from iondsl.units import ONE, Unit, read_unit

MILLISECOND = read_unit("ms")
COMES_ALONG = ("param", "")
WITH_TEMPERATURE = ("q10", "nernst", "ghk_current", "ghk_voltage", "eyring", "nernst_planck")


@frozen
class Contract:
    """The top level of a library. `report` tells what is wrong in it."""

    program: Program
    report: Report

    @property
    def time(self) -> str:
        return time_in(self.program)

    @property
    def clock(self) -> Unit:
        """The unit in which it counts time."""
        return next((each.unit.unit for each in self.program.body if isinstance(each, Time)), MILLISECOND)

    def member(self, path: tuple[str, ...]) -> Definition | None:
        """What declares `V` or `Na.i`; `V` is lifted out of the membrane."""
        first, *inner = path
        if not inner:
            found = next((each for each in self.program.body if is_definition(each, first)), None)
            lifted = self.member(("membrane", "V")) if first == "V" and found is None else found
            return lifted if isinstance(lifted, Definition) else None
        block = self.block(first)
        found = None if block is None else next((each for each in block.body if is_definition(each, inner[0])), None)
        return found if isinstance(found, Definition) and len(inner) == 1 else None

    def block(self, name: str) -> Block | None:
        return next((each for each in self.program.body if isinstance(each, Block) and each.name == name), None)

    def unit(self, path: tuple[str, ...]) -> UnitLiteral | None:
        """In which unit a part counts what it reads; None where the library does not say."""
        if path == (self.time,):
            return UnitLiteral(self.clock, self.program.body[0].span)
        literal = self.stated(path)
        return None if literal is None or literal.refused or literal.offset else literal

    def counts(self, path: tuple[str, ...]) -> bool:
        """Whether the library says in which unit, a wrong one included."""
        return self.stated(path) is not None

    def stated(self, path: tuple[str, ...]) -> UnitLiteral | None:
        found = self.port(path)
        literal = None if found is None else found.unit or unit_behind(found.value)
        if found is None or literal is not None:
            return literal or self.of_potential(path)
        is_pure = found.keyword in ("input", "param") and (found.value is None or is_literal(found.value))
        return UnitLiteral(ONE, found.span) if is_pure else self.of_potential(path)

    def port(self, path: tuple[str, ...]) -> Definition | None:
        """What a part reads outside of itself: a member, or the `I` of a current."""
        block = self.block(path[0]) if len(path) == 1 else None
        main = None if block is None else MAIN.get(block.keyword)
        return self.member(path if main is None else (*path, main))

    def of_potential(self, path: tuple[str, ...]) -> UnitLiteral | None:
        """A Nernst potential is in mV, whether its ion has it here or there."""
        ion = self.block(path[0])
        is_potential = ion is not None and ion.keyword == "ion" and path[1:] == ("E",)
        return UnitLiteral(MILLIVOLT, ion.span) if is_potential and ion is not None else None

    def companion(self, name: str, role: Role) -> Statement | None:
        """What comes along where a part reads this name."""
        for each in self.program.body:
            match each:
                case Function() if role is Role.FUNCTION and each.name == name:
                    return each
                case Definition() if role is Role.NUMBER and is_definition(each, name):
                    return each if each.keyword in COMES_ALONG and name != TEMPERATURE else None
                case Block(keyword="part") if role is not Role.FUNCTION and each.name == name:
                    return each
        return None

    def complete(self, part: Block) -> tuple[Block, Taken]:
        """The part with all that comes along, as its first lines, and what it takes from outside then. E375 where it
        has a name of its own for what comes along."""
        found: dict[int, Statement] = {}
        while True:
            taken = free.of_part(replace(part, body=(*found.values(), *part.body)))
            missing = [each for each in self.companions(taken, part) if id(each) not in found]
            if not missing:
                break
            found |= {id(each): each for each in missing}
        for each in found.values():
            self.check_names(each, part)
        docs = tuple(each for each in part.body if isinstance(each, Doc))
        others = tuple(each for each in part.body if not isinstance(each, Doc))
        return (replace(part, body=(*docs, *found.values(), *others)) if found else part), taken

    def companions(self, taken: Taken, part: Block) -> Iterator[Statement]:
        for (_, role), name in taken.names.items():
            found = None if name.path[0] == part.name else self.companion(name.path[0], role)
            if found is not None:
                yield found

    def check_names(self, line: Statement, part: Block) -> None:
        frame = frame_of(part, is_used=True)
        own = frame.numbers | frame.functions | set(frame.blocks)
        for first, name in free.of_line(line).firsts().items():
            if first in own and self.knows(first):
                message = f"`{first}` means what stands beside `{part.name}` here, which has a `{first}` of its own"
                self.report(Diagnostic("E375", message, name.span, "give one of the two another name"))

    def knows(self, first: str) -> bool:
        names = (each.name for each in self.program.body if isinstance(each, Function | Block))
        return self.member((first,)) is not None or first in names

    def needs(self, taken: Taken) -> tuple[Need, ...]:
        """The ions and spaces that a part takes from outside, if the library declares them; and a temperature."""
        blocks = ((self.block(name.path[0]), name) for name in taken.names.values())
        found = {
            block.name: Need(block.keyword, block.name, name.span, valence(block))
            for block, name in blocks
            if block is not None and block.keyword in ("ion", "space")
        }
        warm = self.member((TEMPERATURE,))
        named = (name for (text, _), name in taken.names.items() if text in ("T", TEMPERATURE, *WITH_TEMPERATURE))
        using = next(named, None)
        if warm is not None and using is not None:
            found[TEMPERATURE] = Need(TEMPERATURE, TEMPERATURE, using.span)
        return (*found.values(), *self.built_in(taken))

    def built_in(self, taken: Taken) -> Iterator[Need]:
        """The functions of the language that a part calls: it means no others of these names."""
        for (text, role), name in taken.names.items():
            if role is Role.FUNCTION and name.outward == 0 and text in KNOWN:
                yield Need("function", text, name.span)


def time_in(program: Program) -> str:
    """What a file calls the time."""
    return next((each.name for each in program.body if isinstance(each, Time)), "t")


def is_definition(statement: Statement, name: str) -> bool:
    return isinstance(statement, Definition) and statement.name.text == name


def valence(ion: Block) -> Definition | None:
    found = next((each for each in ion.body if is_definition(each, "z")), None)
    return found if isinstance(found, Definition) else None
