"""Arguments that are linear in one state, `slope*x + offset`, with both constant in a run."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Add, Expr, Mul, S, Symbol

from iondsl.algebra import add, multiply, negate, symbols_of


@dataclass(frozen=True, slots=True)
class Line:
    slope: Expr
    offset: Expr


def line(expression: Expr, x: Symbol) -> Line | None:
    """The expression as one, or None where it is not written as one."""
    match expression:
        case Symbol() if expression == x:
            return Line(S.One, S.Zero)
        case Mul(args=(constant, other)) if x not in symbols_of(constant):
            return scaled(line(other, x), constant)
        case Add(args=(first, second)) if x not in symbols_of(second):
            return shifted(line(first, x), second)
        case Add(args=(first, second)) if x not in symbols_of(first):
            return shifted(line(second, x), first)
    return None


def scaled(found: Line | None, constant: Expr) -> Line | None:
    if found is None:
        return None
    return Line(times(constant, found.slope), times(constant, found.offset))


def times(constant: Expr, value: Expr) -> Expr:
    if value == 0:
        return S.Zero
    if constant == -1:
        return negate(value)
    return constant if value == 1 else multiply(constant, value)


def shifted(found: Line | None, offset: Expr) -> Line | None:
    if found is None:
        return None
    return Line(found.slope, offset if found.offset == 0 else add(found.offset, offset))
