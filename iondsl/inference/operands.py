"""Reading operands: the unit of each from the inside out, the unit that is needed from the outside in."""

from __future__ import annotations

from dataclasses import replace

from iondsl.inference import functions, products, sums
from iondsl.inference.bare import Bare
from iondsl.inference.blame import Context, no_conversion, no_port
from iondsl.inference.constants import holds_constant
from iondsl.inference.form import NUMBER, Form
from iondsl.inference.judge import Judge, Read
from iondsl.syntax import (
    Binary,
    Call,
    Compare,
    Conditional,
    Convert,
    Expression,
    Logic,
    Name,
    Not,
    Number,
    Prime,
    Unary,
)
from iondsl.units import Unit, factor, same_dimension


def read(judge: Judge, node: Expression, hint: Unit | None, is_factor: bool) -> Read:
    match node:
        case Number(unit=None):
            return judge.bares.fresh(Bare(node, is_factor, judge.inside)), node
        case Number(unit=unit) if unit is not None:
            return None if unit.refused else Form(unit.unit), node
        case Name():
            return known(judge.lookup(node.text)), node
        case Prime():
            return known(judge.lookup(f"{node.name.text}'")), node
        case Unary():
            form, operand = judge.visit(node.operand, hint, is_factor)
            return form, node if operand is node.operand else replace(node, operand=operand)
        case Binary(operator="+" | "-"):
            return sums.read(judge, node, hint)
        case Binary(operator="*" | "/"):
            return products.read(judge, node, hint)
        case Binary():
            return products.power(judge, node)
    return composed(judge, node, hint)


def composed(judge: Judge, node: Expression, hint: Unit | None) -> Read:
    """Calls and conversions; conditions, and what depends on them."""
    match node:
        case Call():
            return functions.read(judge, node, hint)
        case Convert():
            return convert(judge, node)
        case Conditional():
            return sums.branches(judge, node, hint)
        case Compare():
            return NUMBER, sums.comparison(judge, node)
        case Logic():
            return NUMBER, replace(node, left=judge.visit(node.left)[1], right=judge.visit(node.right)[1])
        case Not():
            return NUMBER, replace(node, operand=judge.visit(node.operand)[1])
    return None, node


def convert(judge: Judge, node: Convert) -> Read:
    """`in` converts, `as` relabels, `=` states what a value must be in."""
    target = node.unit.unit
    outside = judge.converts
    judge.converts = outside or holds_constant(node.operand, judge.constants)
    form, operand = judge.visit(node.operand, target if node.operator == "=" else None)
    judge.converts = outside
    if node.unit.refused:
        return None, operand
    if node.operator == "=":
        operand = judge.fit(operand, form, Form(target), Context("stated"))
    elif node.operator == "in":
        operand = rescaled(judge, node, form, operand)
    return Form(target), replace(operand, span=node.span)


def rescaled(judge: Judge, node: Convert, form: Form | None, operand: Expression) -> Expression:
    if form is None:
        return operand
    found, target = judge.bares.settled(form), node.unit.unit
    if not same_dimension(found, target):
        wrong = no_port(node, found) if node.unit.implied else no_conversion(node.operand, found, target)
        judge.findings.append(wrong)
        return operand
    return judge.converted(operand, found, target, factor(found, target))


def known(unit: Unit | None) -> Form | None:
    return None if unit is None else Form(unit)
