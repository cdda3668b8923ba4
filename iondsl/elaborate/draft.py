"""A quantity in the making: its expressions still stand as written, in the block that they were written in."""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate.scope import Scope
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Binary, Call, Convert, Definition, Expression, Name, Number, Unary, UnitLiteral
from iondsl.system import Kind
from iondsl.units import ONE, Unit

GROUP = 50


@frozen
class Side:
    """A right-hand side, the block where its names are looked up, and its origin (empty: written)."""

    expression: Expression
    scope: Scope
    origin: str = ""


@frozen
class Draft:
    """`unit` is declared or known from the rules of the language; None asks for it to be worked out.

    `assumed` is the unit of what is worked out to have another dimension, or none: of `alpha = 0.1*(V + 40)`, say.
    `spoilt` marks one that has an error outside its expressions. `rescaled`: a value in another scale of the unit is
    converted. `order` is its place among the others, if not that of `span`.
    """

    name: str
    kind: Kind
    span: Span
    value: Side | None
    rate: Side | None = None
    unit: Unit | None = None
    doc: str = ""
    block: str = ""
    spoilt: bool = False
    assumed: Unit | None = None
    rescaled: bool = False
    order: tuple[int, ...] | None = None

    @property
    def position(self) -> tuple[int, ...]:
        """What puts drafts in the order of declaration."""
        return self.span.order if self.order is None else self.order

    def in_time(self, clock: Unit, time: Unit) -> Draft:
        """With its rate, which counts time in units of `clock`, in the unit of the model."""
        if self.rate is None or clock == time:
            return self
        rate = self.rate.expression
        converted = Convert("in", rate, UnitLiteral((self.unit or ONE) / time, rate.span), rate.span)
        return replace(self, rate=replace(self.rate, expression=converted))


# Derived equations are built from these, with full names, in the scope of the root.


def name(full: str, span: Span) -> Name:
    return Name(tuple(full.split(".")), span)


def number(text: str, span: Span) -> Number:
    return Number(text, None, span)


def binary(operator: str, left: Expression, right: Expression) -> Binary:
    return Binary(operator, left, right, left.span)


def negative(operand: Expression) -> Unary:
    return Unary("-", operand, operand.span)


def in_unit(operand: Expression, unit: Unit, span: Span) -> Convert:
    """The operand converted to a unit, whatever it is in."""
    return Convert("in", operand, UnitLiteral(unit, span), span)


def call(function: str, arguments: tuple[Expression, ...], span: Span) -> Call:
    return Call(Name((function,), span), arguments, (), span)


def total(terms: list[Expression]) -> Expression:
    """The sum of one or more terms, left to right; of very many, that of groups, so that it is not nested deep."""
    while len(terms) > GROUP:
        terms = [total(terms[start : start + GROUP]) for start in range(0, len(terms), GROUP)]
    first, *rest = terms
    for term in rest:
        first = binary("+", first, term)
    return first


def stated_unit(definition: Definition) -> Unit | None:
    """The unit left of `=`, or behind a value that is one number."""
    literal = definition.unit or unit_behind(definition.value)
    return None if literal is None or literal.refused else literal.unit


def unit_behind(value: Expression | None) -> UnitLiteral | None:
    number = value.operand if isinstance(value, Unary) else value
    return number.unit if isinstance(number, Number) else None


def is_literal(expression: Expression | None) -> bool:
    """A number, perhaps with a sign."""
    match expression:
        case Number():
            return True
        case Unary(operand=Number()):
            return True
    return False
