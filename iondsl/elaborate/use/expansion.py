"""Every `use` of a program → the block that it brings; those of parts that are used themselves, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from iondsl.elaborate import variants
from iondsl.elaborate.scope import Report
from iondsl.elaborate.use.adapting import Whole, adapted, completed
from iondsl.elaborate.use.contract import Contract
from iondsl.elaborate.use.finding import Found, Surroundings, find
from iondsl.elaborate.use.libraries import Libraries
from iondsl.elaborate.use.varied import varied
from iondsl.elaborate.use.via import further
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.syntax import Block, Program, Statement

MAX_DEPTH = 20
MAX_STATEMENTS = 20_000


def expanded(program: Program) -> tuple[Program, tuple[Diagnostic, ...]]:
    """The program with a block in the place of every `use`, and what is wrong with these lines."""
    if not any(uses(program.body)):
        return program, ()
    findings: list[Diagnostic] = []
    expansion = Expansion(program, Libraries(), findings.append)
    body, lost = expansion.body(program.body, ((*program.body,),))
    chosen = {id(each): expansion.variant(each) for each in variants.of(program)}
    body = tuple(chosen.get(id(each), each) for each in body)
    return replace(program, body=body, unread=program.unread | lost), tuple(dict.fromkeys(findings))


def through(line: Block, report: Report) -> Report:
    """What is wrong inside a library is told as what came through this `use`."""

    def told(finding: Diagnostic) -> None:
        report(finding if finding.span is None else replace(finding, span=further(finding.span, line.span)))

    return told


def uses(body: tuple[Statement, ...]) -> Iterator[Block]:
    for each in body:
        if isinstance(each, Block):
            yield from (each,) if each.keyword == "use" else uses(each.body)


@dataclass(slots=True)
class Budget:
    """How many statements parts may still bring: parts of parts grow by multiplying."""

    left: int = MAX_STATEMENTS


@frozen
class Expansion:
    """One file. `files` and `parts` are those that are being expanded around it, to find circles; `made` is what each
    `use` came to and `brought` what it brings before its lines are read, by its identity."""

    program: Program
    libraries: Libraries
    report: Report
    files: tuple[str, ...] = ()
    parts: tuple[Block, ...] = ()
    budget: Budget = field(default_factory=Budget)
    made: dict[int, Block | None] = field(default_factory=dict)
    brought: dict[int, tuple[Block, Whole]] = field(default_factory=dict)

    def body(self, body: tuple[Statement, ...], around: Surroundings) -> tuple[tuple[Statement, ...], frozenset[str]]:
        """The statements of a block, and the names that a `use` which failed would have declared."""
        made: list[Statement] = []
        lost: set[str] = set()
        for each in body:
            if isinstance(each, Block) and each.keyword == "use":
                block = self.made[id(each)] = self.used(each, around)
                made += [] if block is None else [block]
                lost |= {each.name} if block is None else set()
            else:
                made.append(self.inside(each, around) if isinstance(each, Block) else each)
        return tuple(made), frozenset(lost)

    def inside(self, block: Block, around: Surroundings) -> Block:
        if not any(uses(block.body)):
            return block
        body, lost = self.body(block.body, (*around, block.body))
        return replace(block, body=body, unread=block.unread | lost)

    def used(self, line: Block, around: Surroundings) -> Block | None:
        """What a `use` brings, under its alias; None after an error."""
        if self.budget.left <= 0:
            return None
        source = self
        if line.library is not None:
            files = (*self.files, self.program.source.name)
            library = self.libraries.open(line, self.program.source, files, self.report)
            if library is None:
                return None
            source = replace(self, program=library, files=files, report=through(line, self.report))
            around = (library.body,)
        found = find(line, source.program, around, self.report)
        block = None if found is None else source.whole(found, line)
        if found is None or block is None or not self.fits(block, line):
            return None
        contract = Contract(seen_from(found, source.program), source.report)
        return adapted(self.brings(block, line, contract), found.name, line, self.program, contract, self.report)

    def brings(self, part: Block, line: Block, contract: Contract) -> Whole:
        """The part and what comes along: once for a `use`, which every variant may read with other lines below it."""
        known = self.brought.get(id(line.span))
        if known is None or known[0] is not part:
            known = self.brought[id(line.span)] = (part, completed(part, line, contract))
        return known[1]

    def variant(self, block: Block) -> Block:
        """A variant, whose lines mean in used parts what they mean below the `use`. What is wrong is told later."""

        def told(finding: Diagnostic) -> None:
            if finding.code in ("E111", "E376"):
                self.report(finding)

        apart = replace(self, report=told, budget=Budget())

        def expand(line: Block, around: Surroundings) -> Block | None:
            return self.made[id(line)] if id(line) in self.made else apart.used(line, around)

        return varied(block, self.program, expand)

    def whole(self, found: Found, line: Block) -> Block | None:
        """The part, with what it uses itself. E372 where it uses itself so."""
        if any(found.block is each for each in self.parts):
            message = f"`{found.name}` uses itself"
            self.report(Diagnostic("E372", message, line.span, "write out what differs as a block of its own"))
            return None
        if len(self.parts) == MAX_DEPTH:
            self.report(Diagnostic("E112", f"parts that use parts, more than {MAX_DEPTH} deep", line.span))
            return None
        inner = replace(self, parts=(*self.parts, found.block))
        if found.block.keyword == "use":
            return inner.used(found.block, found.around)
        return inner.inside(found.block, found.around)

    def fits(self, block: Block, line: Block) -> bool:
        """E111 for parts that bring too much."""
        was, self.budget.left = self.budget.left, self.budget.left - size(block)
        if was > 0 >= self.budget.left:
            self.report(Diagnostic("E111", f"parts bring more than {MAX_STATEMENTS:,} lines", line.span))
        return self.budget.left > 0


def size(block: Block) -> int:
    return 1 + sum(size(each) if isinstance(each, Block) else 1 for each in block.body)


def seen_from(found: Found, program: Program) -> Program:
    """The library as the part sees it: what stands in the blocks around it hides what stands at the top."""
    nearest_first = [statement for body in reversed(found.around) for statement in body]
    return replace(program, body=tuple(nearest_first))
