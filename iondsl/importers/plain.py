"""The program without the `[1]` that other formats ask for: a number without a unit is a pure one.

The last step before it is written: until then `2 [1]`, which takes no other unit, is not `2`, which may.
"""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate.scope import Scope
from iondsl.importers.lines import announced, changed, with_sides
from iondsl.syntax import Definition, Expression, Number, Program, Statement
from iondsl.traversal import rewrite
from iondsl.units import ONE


def plain(program: Program) -> Program:
    """Every `2 [1]` as `2`, and `param x [1] = 2` without its unit."""
    return changed(program, announced(program).root, in_line)


def in_line(line: Statement, _: Scope) -> Statement:
    line = with_sides(line, lambda side: rewrite(side, bare))
    match line:
        case Definition(keyword="param" | "state" | "input", unit=unit, value=Number()) if unit is not None:
            return replace(line, unit=None) if unit.unit == ONE else line
    return line


def bare(node: Expression) -> Expression:
    if isinstance(node, Number) and node.unit is not None and node.unit.unit == ONE:
        return replace(node, unit=None)
    return node
