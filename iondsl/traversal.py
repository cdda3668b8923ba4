"""Walking over expressions, rewriting and comparing them; without recursion where chains may be long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace

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


def children(node: Expression) -> tuple[Expression, ...]:
    """The operands of an expression, left to right."""
    match node:
        case Number() | String() | Name():
            return ()
        case Prime():
            return (node.name,)
        case Unary() | Not() | Convert():
            return (node.operand,)
        case Binary() | Compare() | Logic():
            return (node.left, node.right)
        case Conditional():
            return (node.value, node.condition, node.otherwise)
        case Call():
            return node.arguments + tuple(keyword.value for keyword in node.keywords)


def walk(node: Expression) -> Iterator[Expression]:
    """The expression and everything below it, outermost first, left to right."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack += reversed(children(node))


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
        case Unary() | Not() | Convert():
            return replace(node, operand=operands[0])
        case Binary() | Compare() | Logic():
            return replace(node, left=operands[0], right=operands[1])
        case Conditional():
            return replace(node, value=operands[0], condition=operands[1], otherwise=operands[2])
        case Call():
            named = operands[len(node.arguments) :]
            keywords = tuple(replace(word, value=value) for word, value in zip(node.keywords, named, strict=True))
            return replace(node, arguments=operands[: len(node.arguments)], keywords=keywords)
    return node


Change = Callable[[Expression], Expression]


def rewrite(node: Expression, change: Change) -> Expression:
    """The expression with `change` applied to every operand, then to itself. `x'` is one piece."""
    return rebuilt(node, lambda each: each, change)


def unfold(node: Expression, change: Change) -> Expression:
    """The expression with `change` applied to itself, then to every operand of what it became."""
    return rebuilt(node, change, lambda each: each)


def rebuilt(node: Expression, before: Change, after: Change) -> Expression:
    """Both of the above, without recursion."""
    waiting: list[tuple[Expression, bool]] = [(node, False)]
    done: list[Expression] = []
    while waiting:
        node, ready = waiting.pop()
        if not ready:
            node = before(node)
        operands = () if isinstance(node, Prime) else children(node)
        if ready:
            new = tuple(done[-len(operands) :])
            del done[-len(operands) :]
            same_operands = all(one is other for one, other in zip(new, operands, strict=True))
            done.append(after(node if same_operands else with_children(node, new)))
        elif operands:
            waiting.append((node, True))
            waiting += [(operand, False) for operand in reversed(operands)]
        else:
            done.append(after(node))
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
