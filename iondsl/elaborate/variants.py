"""`variant`: blocks of lines that restate others, one of which may be chosen when a model is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from iondsl.elaborate.places import declared_in, twice
from iondsl.elaborate.restating import Line, restated, shown
from iondsl.elaborate.scope import Report
from iondsl.errors import Diagnostic
from iondsl.syntax import Block, Definition, Derivative, Doc, Function, Program, Statement
from iondsl.system import Variant

MAX_VARIANTS = 20


def of(program: Program) -> tuple[Block, ...]:
    """The variants of a program, each name once."""
    found: dict[str, Block] = {}
    for block in islice(blocks(program), MAX_VARIANTS):
        found.setdefault(block.name, block)
    return tuple(found.values())


def blocks(program: Program) -> Iterator[Block]:
    return (each for each in program.body if isinstance(each, Block) and each.keyword == "variant")


def chosen(program: Program, variant: str) -> Program:
    """The program with the lines of a variant in the places of those that they restate; itself without such one."""
    for block in of(program):
        if block.name == variant:
            refused = tuple(statement for statement in block.body if not is_line(statement))
            known = replace(program, unread=program.unread | declared_in(replace(block, body=refused)))
            return restated(known, lines(block), lambda _: None)
    return program


def check(program: Program, report: Report) -> None:
    """What is wrong with the variants themselves, whichever is chosen: E202, E350 to E354."""
    first: dict[str, Block] = {}
    for count, block in enumerate(blocks(program)):
        if count == MAX_VARIANTS:
            message = f"more than {MAX_VARIANTS} variants"
            report(Diagnostic("E354", message, block.span, "write those that differ most as models of their own"))
            return
        if block.name in first:
            report(twice(f"variant {block.name}", block.span, first[block.name].span))
        first.setdefault(block.name, block)
        for statement in block.body:
            if not isinstance(statement, Doc) and not is_line(statement):
                report(declaring(statement, block))
        restated(program, lines(block), report)


def record(block: Block) -> Variant:
    last = block.body[-1].span if block.body else block.span
    return Variant(block.name, block.docs, block.span.to(last))


def lines(block: Block) -> tuple[Line, ...]:
    return tuple(each for each in block.body if isinstance(each, Definition | Derivative) and is_line(each))


def is_line(statement: Statement) -> bool:
    """Whether it restates: `x = ...` or `x' = ...`, without a keyword."""
    return isinstance(statement, Derivative) or (isinstance(statement, Definition) and not statement.keyword)


def declaring(statement: Statement, block: Block) -> Diagnostic:
    """E353 for a line that restates nothing."""
    message = f"the variant `{block.name}` declares nothing, it only restates"
    cure = "begin this line at the margin"
    match statement:
        case Definition():
            name = shown(statement)
            cure = f"leave `{statement.keyword}` out to restate a line: `{name} = ...`; declare what is new outside"
        case Block() if statement.body:
            line = f"`{statement.name}.{first_name(statement)} = ...`"
            cure = f"name the lines in it from the top of the file, as in {line}"
        case Block() | Function():
            cure = "declare it outside, and restate here what differs"
    return Diagnostic("E353", message, statement.span, cure)


def first_name(block: Block) -> str:
    names = (shown(each) for each in block.body if isinstance(each, Definition | Derivative))
    return next(names, "x")
