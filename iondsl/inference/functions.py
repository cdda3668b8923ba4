"""Calls: what a function needs of its arguments, and what it returns."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from iondsl.functions import MATHEMATICAL
from iondsl.inference import sums
from iondsl.inference.blame import Context
from iondsl.inference.form import NUMBER
from iondsl.inference.judge import Judge, Read
from iondsl.inference.products import pure, raised
from iondsl.syntax import Binary, Call, Expression, Name, Number
from iondsl.units import Unit

AGREEING = ("min", "max")
OF_ANYTHING = ("sign", "heaviside")


def read(judge: Judge, node: Call, hint: Unit | None) -> Read:
    function = node.function.text
    if function in AGREEING:
        return sums.arguments(judge, node, hint)
    if function not in MATHEMATICAL:
        return None, node
    if function == "abs":
        form, operand = judge.visit(node.arguments[0], hint)
        return form, replace(node, arguments=(operand,))
    if function == "sqrt":
        form, operand = judge.visit(node.arguments[0])
        operand, form = pure(judge, operand, form)
        return raised(judge, form, Fraction(1, 2), node, node.arguments[0]), replace(node, arguments=(operand,))
    if function in OF_ANYTHING:
        return NUMBER, replace(node, arguments=(judge.visit(node.arguments[0])[1],))
    return of_numbers(judge, node)


def sides(judge: Judge, argument: Expression) -> str:
    """What a quotient of two quantities, as in `log(Ca.o / Ca.i)`, is made of: its own unit says little."""
    if not isinstance(argument, Binary) or argument.operator != "/":
        return ""
    units = [own_unit(judge, each) for each in (argument.left, argument.right)]
    return "" if None in units else f"[{units[0]}] over [{units[1]}]"


def own_unit(judge: Judge, node: Expression) -> Unit | None:
    if isinstance(node, Number) and node.unit is not None:
        return node.unit.unit
    return judge.lookup(node.text) if isinstance(node, Name) else None


def of_numbers(judge: Judge, node: Call) -> Read:
    """exp, log, sin ...: pure numbers in, a pure number out; what `floor` cuts off depends on the unit, too."""
    outside, judge.inside = judge.inside, True
    mended = []
    for argument in node.arguments:
        form, operand = judge.visit(argument)
        measured = sides(judge, argument)
        mended.append(judge.fit(operand, form, NUMBER, Context("argument", node.function.text, measured)))
    judge.inside = outside
    return NUMBER, replace(node, arguments=tuple(mended))
