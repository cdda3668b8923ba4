"""Conditional expressions: one list of cases, read from the top, however they are nested."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iondsl.syntax import Conditional, Expression, Logic
from iondsl.targets.latex.box import FREE, Box, Level

Branch = tuple[Expression, Expression | None]
# What the brace and its space take, and the word before a condition, in points.
BRACE = 25.0
WORD = 35.0


def branches(node: Expression) -> Iterator[Branch]:
    """Values with their conditions, of which the first that holds counts; the last has none."""
    if not isinstance(node, Conditional):
        yield node, None
        return
    for value, condition in branches(node.value):
        both = node.condition if condition is None else Logic("and", node.condition, condition, node.condition.span)
        yield value, both
    yield from branches(node.otherwise)


def cases(rows: list[tuple[Box, Box | None]]) -> Box:
    """The rows behind a brace; boxes of values may hold several lines."""
    lines, widths = [], []
    for position, (value, condition) in enumerate(rows):
        word = r"\text{otherwise}" if condition is None else rf"\text{{{'else ' * bool(position)}if }} {condition.tex}"
        style = r"\displaystyle " if r"\frac" in value.tex else ""
        lines.append(f"{style}{value.tex} & {word}")
        widths.append((value.width, WORD + (0.0 if condition is None else condition.width)))
    high = any(r"\frac" in line or "aligned" in line for line in lines)
    between = r" \\[1ex] " if high else r" \\ "
    total = max(left for left, _ in widths) + max(right for _, right in widths) + BRACE
    return Box(rf"\begin{{cases}} {between.join(lines)} \end{{cases}}", total, Level.OR, FREE)


def flat(node: Conditional, show: Callable[[Expression, bool], Box], inline: bool) -> Box:
    rows = [(show(value, inline), None if test is None else show(test, True)) for value, test in branches(node)]
    return cases(rows)
