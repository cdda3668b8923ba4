"""A place of its own for every node of a program's right sides, by which inference tells what it found where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from iondsl.elaborate.scope import Scope
from iondsl.importers.lines import announced, changed, with_sides
from iondsl.source import Source, Span
from iondsl.syntax import Binary, Convert, Expression, Number, Program, Statement, Unary, UnitLiteral
from iondsl.traversal import rewrite
from iondsl.units import ONE, Unit

NOWHERE = Source("", "")


@dataclass(slots=True)
class Places:
    """The places that nodes had before, by the number that each has now."""

    spans: list[Span] = field(default_factory=list)

    def numbered(self, program: Program) -> Program:
        """The program with a span of its own for each node, also of one that stood in it twice."""
        return changed(program, announced(program).root, self.line)

    def line(self, line: Statement, _: Scope) -> Statement:
        return with_sides(line, lambda side: rewrite(side, self.node))

    def node(self, node: Expression) -> Expression:
        """A copy of a node; an exponent that is a number carries no `[1]`, which would make it no literal."""
        if isinstance(node, Binary) and node.operator == "^":
            node = replace(node, right=bare(node.right))
        return replace(node, span=self.new(node.span))

    def new(self, span: Span) -> Span:
        self.spans.append(span)
        return Span(NOWHERE, len(self.spans) - 1, len(self.spans))

    def before(self, span: Span) -> Span:
        """Where a node stood in the source."""
        return self.spans[span.start] if span.source is NOWHERE else span

    def relabelled(self, node: Expression, unit: Unit) -> Expression:
        """`node as [unit]`; one that is relabelled already gets the other unit."""
        place = self.before(node.span)
        if isinstance(node, Convert) and node.operator == "as":
            node = node.operand
        return Convert("as", node, UnitLiteral(unit, place), self.new(place))


def bare(side: Expression) -> Expression:
    """An expression whose pure numbers carry no `[1]`."""
    return rewrite(side, without_one)


def without_one(node: Expression) -> Expression:
    if isinstance(node, Number) and node.unit is not None and node.unit.unit == ONE:
        return replace(node, unit=None)
    return node


def measured(side: Expression, unit: Unit) -> Expression:
    """Arithmetic on bare numbers, in a unit: behind each term, behind the first factor of a product, else by `as`."""
    match side:
        case Number(unit=None):
            return replace(side, unit=UnitLiteral(unit, side.span))
        case Number():
            return side
        case Unary():
            return replace(side, operand=measured(side.operand, unit))
        case Binary(operator="+" | "-"):
            return replace(side, left=measured(side.left, unit), right=measured(side.right, unit))
        case Binary(operator="*" | "/"):
            return replace(side, left=measured(side.left, unit))
    return Convert("as", side, UnitLiteral(unit, side.span), side.span)
