"""Products, quotients and powers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from iondsl.errors import Diagnostic
from iondsl.inference.blame import Context
from iondsl.inference.form import NUMBER, Form
from iondsl.inference.judge import Judge, Read
from iondsl.inference.sums import is_sum
from iondsl.syntax import Binary, Expression, Number, Unary
from iondsl.units import ONE, Unit, UnitError


def read(judge: Judge, node: Binary, hint: Unit | None) -> Read:
    """A chain of factors. Where one of them is a sum, what is needed of the product says what is needed of it."""
    chain, first = [node], node.left
    while isinstance(first, Binary) and first.operator in "*/":
        chain.append(first)
        first = first.left
    factors = [first, *(each.right for each in reversed(chain))]
    operators = ["*", *(each.operator for each in reversed(chain))]
    pairs: list[Read | None] = [None if is_sum(each) else judge.visit(each, factor=True) for each in factors]
    wanted = wanted_of_sum(judge, pairs, operators, hint) if hint is not None else None
    outside, judge.nested = judge.nested, True
    done = [judge.visit(each, wanted) if pair is None else pair for each, pair in zip(factors, pairs, strict=True)]
    judge.nested = outside
    result = done[0][1]
    for each, (_, operand) in zip(reversed(chain), done[1:], strict=True):
        unchanged = result is each.left and operand is each.right
        result = each if unchanged else replace(each, left=result, right=operand)
    return product(judge, node, [form for form, _ in done], operators), result


def wanted_of_sum(
    judge: Judge, pairs: list[Read | None], operators: list[str], hint: Unit
) -> Unit | None:
    """What the only sum among the factors must measure, where the others are known."""
    if sum(pair is None for pair in pairs) != 1:
        return None
    total, place = Form(hint), "*"
    try:
        for pair, operator in zip(pairs, operators, strict=True):
            if pair is None:
                place = operator
                continue
            form = pair[0]
            if form is None or judge.bares.resolve(form).is_open:
                return None
            total = total / form if operator == "*" else total * form
        return total.known if place == "*" else (NUMBER / total).known
    except UnitError:
        return None


def product(judge: Judge, node: Expression, forms: list[Form | None], operators: list[str]) -> Form | None:
    result = NUMBER
    try:
        for form, operator in zip(forms, operators, strict=True):
            if form is None:
                return None
            result = result * form if operator == "*" else result / form
    except UnitError as error:
        judge.findings.append(Diagnostic("E402", error.message, node.span, error.cure))
        return None
    return result


def power(judge: Judge, node: Binary) -> Read:
    """Only a literal exponent lets the base carry a unit."""
    exponent = literal(node.right)
    base, left = judge.visit(node.left, factor=True)
    if exponent is not None:
        left, base = pure(judge, left, base) if exponent.denominator != 1 else (left, base)
        mended = node if left is node.left else replace(node, left=left)
        return raised(judge, base, exponent, node, node.left), mended
    needed, right = judge.visit(node.right)
    right = judge.fit(right, needed, NUMBER, Context("exponent"))
    left = judge.fit(left, base, NUMBER, Context("base"))
    return NUMBER, replace(node, left=left, right=right)


def pure(judge: Judge, operand: Expression, form: Form | None) -> tuple[Expression, Form | None]:
    """Where scales are converted, a number in another scale is made a pure one before its root is taken."""
    form = None if form is None else judge.bares.resolve(form)
    if not judge.converts or form is None or form.is_open or not form.is_number:
        return operand, form
    return judge.converted(operand, form.known, ONE, form.known.scale), NUMBER


def raised(
    judge: Judge, base: Form | None, exponent: Fraction, node: Expression, operand: Expression
) -> Form | None:
    """The unit of an operand to a power, which a root may not have."""
    if base is None:
        return None
    try:
        return judge.bares.resolve(base) ** exponent
    except UnitError as error:
        judge.mismatch(operand, ONE, Diagnostic("E402", error.message, node.span, error.cure))
        return None


def literal(node: Expression) -> Fraction | None:
    """The exact value of arithmetic on bare numbers."""
    match node:
        case Number(unit=None):
            return Fraction(node.text)
        case Unary():
            value = literal(node.operand)
            return None if value is None else -value if node.operator == "-" else value
        case Binary(operator="/" | "*"):
            left, right = literal(node.left), literal(node.right)
            if left is None or right is None or (node.operator == "/" and not right):
                return None
            return left * right if node.operator == "*" else left / right
    return None
