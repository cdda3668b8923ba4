"""Walking over expressions, rewriting and comparing them; without recursion where chains may be long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from operator import is_
from typing import Any

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
    String,
    Unary,
)
from iondsl.units import Unit

# By class: a chain of comparisons would take most of the time of every walk.
OPERANDS: Mapping[type, Callable[[Any], tuple[Expression, ...]]] = {
    **dict.fromkeys((Number, String, Name), lambda node: ()),
    Prime: lambda node: (node.name,),
    **dict.fromkeys((Unary, Not, Convert), lambda node: (node.operand,)),
    **dict.fromkeys((Binary, Compare, Logic), lambda node: (node.left, node.right)),
    Conditional: lambda node: (node.value, node.condition, node.otherwise),
    Call: lambda node: node.arguments + tuple(keyword.value for keyword in node.keywords),
}


def children(node: Expression) -> tuple[Expression, ...]:
    """The operands of an expression, left to right."""
    return OPERANDS[type(node)](node)


def walk(node: Expression) -> Iterator[Expression]:
    """The expression and everything below it, outermost first, left to right."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack += reversed(OPERANDS[type(node)](node))


def depth(node: Expression) -> int:
    """How many operations stand one inside another."""
    levels, level = 0, [node]
    while level:
        levels += 1
        level = [child for each in level for child in children(each)]
    return levels


def with_children(node: Expression, operands: tuple[Expression, ...]) -> Expression:
    """The same operation over other operands, which stand as in `children`."""
    match node:
        case Binary() | Compare() | Logic():
            left, right = operands
            return type(node)(node.operator, left, right, node.span)
        case Call():
            named = operands[len(node.arguments) :]
            keywords = tuple(replace(word, value=value) for word, value in zip(node.keywords, named, strict=True))
            return Call(node.function, operands[: len(node.arguments)], keywords, node.span)
        case Unary():
            return Unary(node.operator, operands[0], node.span)
        case Not():
            return Not(operands[0], node.span)
        case Convert():
            return Convert(node.operator, operands[0], node.unit, node.span)
        case Conditional():
            value, condition, otherwise = operands
            return Conditional(value, condition, otherwise, node.span)
    return node


Change = Callable[[Expression], Expression]


def rewrite(node: Expression, change: Change) -> Expression:
    """The expression with `change` applied to every operand, then to itself. `x'` is one piece."""
    return rebuilt(node, None, change)


def unfold(node: Expression, change: Change) -> Expression:
    """The expression with `change` applied to itself, then to every operand of what it became."""
    return rebuilt(node, change, None)


def rebuilt(node: Expression, before: Change | None, after: Change | None) -> Expression:
    """Both of the above, without recursion."""
    waiting: list[tuple[Expression, tuple[Expression, ...] | None]] = [(node, None)]
    done: list[Expression] = []
    while waiting:
        node, operands = waiting.pop()
        if operands:
            new = tuple(done[-len(operands) :])
            del done[-len(operands) :]
            node = node if all(map(is_, new, operands)) else with_children(node, new)
        else:
            node = node if before is None else before(node)
            operands = () if isinstance(node, Prime) else OPERANDS[type(node)](node)
            if operands:
                waiting.append((node, operands))
                waiting += [(operand, None) for operand in reversed(operands)]
                continue
        done.append(node if after is None else after(node))
    return done.pop()


def same(left: object, right: object) -> bool:
    """Whether two nodes say the same, wherever they stand: spans are not compared."""
    if type(left) is not type(right):
        return False
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if not hasattr(left, "__dataclass_fields__") or isinstance(left, Unit):
        return left == right
    return all(
        same(getattr(left, item.name), getattr(right, item.name))
        for item in fields(left)  # type: ignore[arg-type]
        if item.name not in ("span", "source")
    )
