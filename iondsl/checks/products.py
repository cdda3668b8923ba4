"""Sums and products taken apart, for checks that look for a form; their operands stay as they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from iondsl.immutable import frozen
from iondsl.syntax import Binary, Expression, Name, Number, Unary
from iondsl.traversal import Change


@frozen
class Product:
    """`coefficient` has all bare numbers and signs, `above` and `below` the other factors on both sides of the line."""

    coefficient: Fraction
    above: tuple[Expression, ...]
    below: tuple[Expression, ...]

    def changed(self, change: Change) -> Product:
        """With `change` applied to every factor."""
        return Product(self.coefficient, tuple(map(change, self.above)), tuple(map(change, self.below)))


def product(node: Expression) -> Product:
    """An expression as a product; one that is none has itself as its only factor."""
    coefficient = Fraction(1)
    sides: tuple[list[Expression], list[Expression]] = ([], [])
    waiting = [(node, 1)]
    while waiting:
        node, power = waiting.pop()
        match node:
            case Unary():
                coefficient *= -1 if node.operator == "-" else 1
                waiting.append((node.operand, power))
            case Binary(operator="*" | "/"):
                waiting += [(node.right, power if node.operator == "*" else -power), (node.left, power)]
            case Number(unit=None) if power == 1 or Fraction(node.text):
                coefficient *= Fraction(node.text) ** power
            case _:
                sides[power < 0].append(node)
    above, below = sides
    return Product(coefficient, tuple(above), tuple(below))


def is_product(node: Expression) -> bool:
    return isinstance(node, Binary) and node.operator in "*/"


def is_sum(node: Expression) -> bool:
    return isinstance(node, Binary) and node.operator in "+-"


def terms(node: Expression) -> Iterator[tuple[int, Expression]]:
    """The terms of a sum, left to right, each with its sign; of what is no sum, itself."""
    waiting = [(1, node)]
    while waiting:
        sign, node = waiting.pop()
        own, node = unsigned(node)
        if isinstance(node, Binary) and is_sum(node):
            waiting += [(sign * own * (1 if node.operator == "+" else -1), node.right), (sign * own, node.left)]
        else:
            yield sign * own, node


def unsigned(node: Expression) -> tuple[int, Expression]:
    """The sign before an expression, and the expression without it: `-a * b` is -(a * b)."""
    if isinstance(node, Unary):
        sign, operand = unsigned(node.operand)
        return -sign if node.operator == "-" else sign, operand
    if isinstance(node, Binary) and is_product(node):
        sign, left = unsigned(node.left)
        return sign, node if left is node.left else replace(node, left=left)
    return 1, node


def meaning(node: Expression, definitions: Mapping[str, Expression]) -> Expression:
    """What a name stands for, through others; anything else stands for itself."""
    seen: set[str] = set()
    while isinstance(node, Name) and node.text in definitions and node.text not in seen:
        seen.add(node.text)
        node = definitions[node.text]
    return node
