"""Operands that must agree: terms of a sum, sides of a comparison, branches, arguments of `min` and `max`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from iondsl.inference.blame import Context
from iondsl.inference.form import NUMBER, Form
from iondsl.inference.judge import Judge, Read
from iondsl.syntax import Binary, Call, Compare, Conditional, Expression, Number, Unary
from iondsl.units import ONE, Unit


def read(judge: Judge, node: Binary, hint: Unit | None) -> Read:
    """A sum; chains are flattened, so that the term that differs from all others is blamed."""
    chain, first = [], node.left
    chain.append(node)
    while isinstance(first, Binary) and first.operator in "+-":
        chain.append(first)
        first = first.left
    terms = [first, *(each.right for each in reversed(chain))]
    form, mended = agreeing(judge, terms, hint, Context("sum"))
    result = mended[0]
    for each, term in zip(reversed(chain), mended[1:], strict=True):
        unchanged = result is each.left and term is each.right
        result = each if unchanged else replace(each, left=result, right=term)
    return form, result


def branches(judge: Judge, node: Conditional, hint: Unit | None) -> Read:
    _, condition = judge.visit(node.condition)
    form, (value, otherwise) = agreeing(judge, (node.value, node.otherwise), hint, Context("branch"))
    return form, replace(node, value=value, condition=condition, otherwise=otherwise)


def comparison(judge: Judge, node: Compare) -> Expression:
    _, (left, right) = agreeing(judge, (node.left, node.right), None, Context("comparison"))
    return replace(node, left=left, right=right)


def arguments(judge: Judge, node: Call, hint: Unit | None) -> Read:
    form, mended = agreeing(judge, node.arguments, hint, Context("arguments", node.function.text))
    return form, replace(node, arguments=tuple(mended))


def agreeing(
    judge: Judge, operands: Sequence[Expression], hint: Unit | None, context: Context
) -> tuple[Form | None, list[Expression]]:
    """The common unit of the operands, and the operands made to agree with it."""
    pairs = [judge.visit(operand, hint) for operand in operands]
    forms = [form for (form, _), operand in zip(pairs, operands, strict=True) if form is not None]
    if not forms:
        return None, [operand for _, operand in pairs]
    reference = reference_of(judge, forms, hint)
    if len(forms) < len(pairs) and reference.is_open:
        return None, [operand for _, operand in pairs]
    mended = [operand if form is None else judge.fit(operand, form, reference, context) for form, operand in pairs]
    return reference, mended


def reference_of(judge: Judge, forms: Sequence[Form], hint: Unit | None) -> Form:
    """What the operands are held against: what is needed if one of them has it, else what most of them have."""
    resolved = [judge.bares.resolve(form) for form in forms]
    closed = [form.known for form in resolved if not form.is_open]
    if not closed:
        return resolved[0] if hint is None else Form(hint)
    if hint is not None and (hint in closed or is_converted_to(judge, hint, closed, resolved)):
        return Form(hint)
    if all(unit.dimension == ONE.dimension for unit in closed) and len(closed) < len(resolved):
        return NUMBER  # a bare number beside it is a pure one
    return Form(Counter(closed).most_common(1)[0][0])


def is_converted_to(judge: Judge, needed: Unit, closed: Sequence[Unit], resolved: Sequence[Form]) -> bool:
    """Whether each term of a sum beside a constant is converted by itself: one may have been converted by hand."""
    by_hand = judge.converts and not judge.nested and len(closed) < len(resolved)
    return by_hand and all(unit.dimension == needed.dimension for unit in closed)


def is_sum(node: Expression) -> bool:
    """Whether terms inside may disagree, so that it helps to know what is needed."""
    while isinstance(node, Unary):
        node = node.operand
    if isinstance(node, Call):
        return node.function.text in ("min", "max", "abs")
    return isinstance(node, Conditional) or (isinstance(node, Binary) and node.operator in "+-")


def is_zero(node: Expression) -> bool:
    while isinstance(node, Unary):
        node = node.operand
    return isinstance(node, Number) and float(node.text) == 0
