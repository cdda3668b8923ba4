"""Products and quotients: `a * b / c / d * e` as a fraction of a b over c d, times e."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from iondsl.syntax import Binary, Expression, Number, Unary
from iondsl.targets.latex.box import Box, Level, fraction, joined
from iondsl.targets.latex.number import has_unit, is_number

Show = Callable[[Expression, bool], Box]


@dataclass(frozen=True, slots=True)
class Group:
    """Factors over factors, as far as they stand under one fraction line."""

    above: tuple[Expression, ...]
    below: tuple[Expression, ...] = ()


def grouped(node: Expression) -> tuple[bool, tuple[Group, ...]]:
    """The groups of a product, and whether a minus stands before it."""
    first, *others = _chain(node)
    negative = False
    while isinstance(first[1], Unary) and not isinstance(first[1].operand, Number):
        negative ^= first[1].operator == "-"
        first, *opened = _chain(first[1].operand)
        others = [*opened, *others]
    groups = [Group((first[1],))]
    for operator, factor in others:
        last = groups[-1]
        if operator == "/":
            groups[-1] = Group(last.above, (*last.below, factor))
        elif last.below:
            groups.append(Group((factor,)))
        else:
            groups[-1] = Group((*last.above, factor))
    return negative, tuple(groups)


def _chain(node: Expression) -> list[tuple[str, Expression]]:
    """What is multiplied and divided from left to right, each with its operator."""
    later = []
    while isinstance(node, Binary) and node.operator in "*/":
        later.append((node.operator, node.right))
        node = node.left
    return [("*", node), *reversed(later)]


def product(node: Expression, inline: bool, show: Show) -> Box:
    negative, groups = grouped(node)
    boxes = [box_of(group, inline, show) for group in groups]
    box = side_by_side(boxes)
    if negative:
        return box.at(Level.QUOTIENT).around("-", "", 9, Level.NEGATIVE)
    return box


def box_of(group: Group, inline: bool, show: Show) -> Box:
    """One group: a fraction, or with a slash where `inline`."""
    if not group.below:
        return factors(group.above, inline, show)
    above, below = (factors(side, True, show) for side in (group.above, group.below))
    if not inline:
        return fraction(above, below)
    above = above.at(Level.NEGATIVE)
    return joined([above, below.at(Level.POWER)], "/", min(Level.QUOTIENT, above.level))


def factors(nodes: tuple[Expression, ...], inline: bool, show: Show) -> Box:
    return side_by_side([show(node, inline) for node in nodes])


def side_by_side(boxes: list[Box]) -> Box:
    """A product; a single factor stays as it is."""
    if len(boxes) == 1:
        return boxes[0]
    first, *others = boxes
    box = first.at(Level.NEGATIVE if first.level is Level.NEGATIVE else Level.PRODUCT)
    level = min(box.level, Level.PRODUCT)
    last = box
    for other in others:
        factor = other.at(Level.PRODUCT)
        box = joined([box, factor], joint(last, factor), level)
        last = factor
    return box


def joint(left: Box, right: Box) -> str:
    """A dot where a thin space would not do: between numbers, behind units, and in 2 . 1/3."""
    mixed = is_number(left) and right.tex.startswith(r"\frac")
    return r" \cdot " if is_number(right) or has_unit(left) or mixed else r"\,"
