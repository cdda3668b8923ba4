"""One way through all lines of a program, each with the scope in which its names are looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from iondsl.elaborate import completeness
from iondsl.elaborate.names import Names
from iondsl.elaborate.placing import build
from iondsl.elaborate.scope import Scope
from iondsl.errors import Diagnostic
from iondsl.syntax import (
    Block,
    Definition,
    Derivative,
    Expression,
    Function,
    InitialVolume,
    Program,
    Statement,
    StateNames,
    Transition,
)

# Names in them are looked up elsewhere than where they stand.
APART = ("variant", "on", "protocol")

TIME = "t"


def announced(program: Program) -> Names:
    """What looks names up in a program, with what the compiler will derive."""
    root = build(program, ignore)
    time = TIME if root.time is None else root.time.name
    completeness.check(root, time, ignore)
    return Names(root, time, ignore)


def ignore(_: Diagnostic) -> None:
    """What is wrong with a program is not looked for here."""


def changed(program: Program, root: Scope, change: Callable[[Statement, Scope], Statement]) -> Program:
    """The program with `change` applied to every line, and to the first line of every block.

    `root` is that of the program's own blocks. What stands in variants, events and protocols stays as it is.
    """

    def body(statements: tuple[Statement, ...], scope: Scope) -> tuple[Statement, ...]:
        return tuple(block(each, scope) if isinstance(each, Block) else change(each, scope) for each in statements)

    def block(node: Block, scope: Scope) -> Statement:
        if node.keyword in APART:
            return node
        inner = scope.blocks.get(node.name)
        inside = inner if inner is not None and inner.block is node else scope  # `model` is no namespace
        header = change(node, scope)
        return replace(header, body=body(node.body, inside)) if isinstance(header, Block) else header

    return replace(program, body=body(program.body, root))


def with_sides(line: Statement, change: Callable[[Expression], Expression]) -> Statement:
    """The line with `change` applied to each of its right sides; of a block, to that of its first line."""
    match line:
        case Block(value=value) | Definition(value=value) if value is not None:
            return replace(line, value=change(value))
        case Derivative() | InitialVolume() | Function():
            return replace(line, value=change(line.value))
        case StateNames():
            given = ((each, each.value) for each in line.occupancies)
            made = (each if value is None else replace(each, value=change(value)) for each, value in given)
            return replace(line, occupancies=tuple(made))
        case Transition():
            return replace(line, rates=tuple(map(change, line.rates)))
    return line
