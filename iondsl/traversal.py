"""Walking over expressions, rewriting and comparing them; without recursion where chains may be long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from operator import is_
from typing import Any, TypeVar

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

Found = TypeVar("Found")

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


def holds(node: Expression, kind: type) -> bool:
    """Whether a node of a class is among the expression and everything below it. Most rewrites concern few of them."""
    stack = [node]
    while stack:
        node = stack.pop()
        if type(node) is kind:
            return True
        stack += OPERANDS[type(node)](node)
    return False


MOST_REMEMBERED = 10_000


def remembered(read: Callable[[Expression], Found]) -> Callable[[Expression], Found]:
    """The function, which reads an expression that it was asked about before not again. It is told by its identity:
    hashing it would take as long as reading it."""
    known: dict[int, tuple[Expression, Found]] = {}

    def found(expression: Expression) -> Found:
        if id(expression) not in known:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[id(expression)] = expression, read(expression)  # with the expression, so that its identity is taken
        return known[id(expression)][1]

    return found


def depth(node: Expression) -> int:
    """How many operations stand one inside another."""
    levels, level = 0, [node]
    while level:
        levels += 1
        level = [child for each in level for child in children(each)]
    return levels


Operands = tuple[Expression, ...]

# The same operation over other operands, which stand as in `OPERANDS`.
OVER: Mapping[type, Callable[[Any, Operands], Expression]] = {
    **dict.fromkeys(
        (Binary, Compare, Logic), lambda node, new: type(node)(node.operator, new[0], new[1], node.span)
    ),
    Call: lambda node, new: call_over(node, new),
    Unary: lambda node, new: Unary(node.operator, new[0], node.span),
    Not: lambda node, new: Not(new[0], node.span),
    Convert: lambda node, new: Convert(node.operator, new[0], node.unit, node.span),
    Conditional: lambda node, new: Conditional(new[0], new[1], new[2], node.span),
}


def call_over(node: Call, operands: Operands) -> Call:
    plain, named = operands[: len(node.arguments)], operands[len(node.arguments) :]
    keywords = tuple(replace(word, value=value) for word, value in zip(node.keywords, named, strict=True))
    return Call(node.function, plain, keywords, node.span)


def with_children(node: Expression, operands: Operands) -> Expression:
    """The same operation over other operands, which stand as in `children`."""
    return OVER[type(node)](node, operands) if operands else node


Change = Callable[[Expression], Expression]


def rewrite(node: Expression, change: Change) -> Expression:
    """The expression with `change` applied to every operand, then to itself. `x'` is one piece."""
    backwards: list[tuple[Expression, Operands]] = []
    waiting = [node]
    while waiting:
        node = waiting.pop()
        operands = () if type(node) is Prime else OPERANDS[type(node)](node)
        backwards.append((node, operands))
        waiting += operands
    done: list[Expression] = []
    for node, operands in reversed(backwards):
        if operands:
            new = tuple(done[-len(operands) :])
            del done[-len(operands) :]
            node = node if all(map(is_, new, operands)) else OVER[type(node)](node, new)
        done.append(change(node))
    return done.pop()


def unfold(node: Expression, change: Change) -> Expression:
    """The expression with `change` applied to itself, then to every operand of what it became. `x'` is one piece."""
    changed: list[tuple[Expression, Operands]] = []
    waiting = [node]
    while waiting:
        node = change(waiting.pop())
        operands = () if type(node) is Prime else OPERANDS[type(node)](node)
        changed.append((node, operands))
        waiting += reversed(operands)
    done: list[Expression] = []
    for node, operands in reversed(changed):
        new = tuple(done[: -len(operands) - 1 : -1])
        del done[len(done) - len(operands) :]
        done.append(node if all(map(is_, new, operands)) else OVER[type(node)](node, new))
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
