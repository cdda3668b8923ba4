"""Numbers with units, and arithmetic on them: what the arguments of a wave are made of."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.syntax import Binary, Call, Expression, Name, Number, Unary, UnitLiteral
from iondsl.units import Unit, factor, kelvin, same_dimension


class WaveError(Exception):
    """Part of a protocol is not what may stand there; without a diagnostic where that was reported before."""

    def __init__(self, diagnostic: Diagnostic | None) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


def refusal(message: str, node: Expression, cure: str = "", code: str = "E502") -> WaveError:
    return WaveError(Diagnostic(code, message, node.span, cure))


@frozen
class Literal:
    """An exact value; `unit` is None for a bare number, `offset` marks one that was given in degC."""

    value: Fraction
    unit: Unit | None = None
    offset: bool = False


def literal(node: Expression) -> Literal:
    """The value of arithmetic on numbers. Raises WaveError where anything else stands in it."""
    match node:
        case Number(unit=None):
            return Literal(Fraction(node.text))
        case Name(path=("",)) | Number(unit=UnitLiteral(refused=True)):
            raise WaveError(None)
        case Number(unit=unit) if unit is not None:
            return with_unit(Fraction(node.text), unit, node)
        case Unary(operand=Number(unit=UnitLiteral(offset=True) as unit) as number):
            return with_unit(Fraction(f"{node.operator}{number.text}"), unit, node)  # the sign comes first
        case Unary():
            operand = literal(node.operand)
            return replace(operand, value=-operand.value if node.operator == "-" else operand.value)
        case Call(function=Name(path=("initial",))):
            cure = "a protocol is fixed before the run: write the number itself"
            raise refusal("`initial(...)` stands in no protocol", node, cure, "E356")
        case Binary():
            return combined(node, literal(node.left), literal(node.right))
    raise refusal("only numbers with units may stand here", node, "a protocol is fixed before the run")


def with_unit(value: Fraction, unit: UnitLiteral, node: Expression) -> Literal:
    if not unit.offset:
        return Literal(value, unit.unit)
    absolute = kelvin(value, "degC")
    if absolute < 0:
        raise refusal("this temperature is below absolute zero", node, code="E402")
    return Literal(absolute, unit.unit, offset=True)


def combined(node: Binary, left: Literal, right: Literal) -> Literal:
    if node.operator in "+-" and may_be_added(left, right):
        scale = factor(right.unit, left.unit) if right.unit is not None and left.unit is not None else 1
        term = right.value * scale
        value = left.value + term if node.operator == "+" else left.value - term
        return Literal(value, left.unit or right.unit, left.offset or right.offset)
    if node.operator == "*" and (left.unit is None or right.unit is None):
        return Literal(left.value * right.value, left.unit or right.unit)
    if node.operator == "/" and right.unit is None and right.value != 0:
        return Literal(left.value / right.value, left.unit)
    raise refusal("this cannot be worked out here", node, "write the number itself")


def may_be_added(left: Literal, right: Literal) -> bool:
    """A bare number takes the unit of the other."""
    return left.unit is None or right.unit is None or same_dimension(left.unit, right.unit)
