"""A function of numbers once more in 50 digits: every number in its text is the decimal that is written there."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import mpmath

DIGITS = 50
FUNCTIONS = ("exp", "log", "sqrt")


class Decimals(ast.NodeTransformer):
    """`0.1` becomes `exact("0.1")`, of which a double holds only 17 digits."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if type(node.value) not in (int, float):
            return node
        return ast.Call(ast.Name("exact", ast.Load()), [ast.Constant(repr(node.value))], [])


def in_digits(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function in 50-digit arithmetic. Its arguments must be numbers of mpmath; its text, pure formulas."""
    tree = Decimals().visit(ast.parse(textwrap.dedent(inspect.getsource(function))))
    names = {name: getattr(mpmath.mp, name) for name in FUNCTIONS} | {"exact": mpmath.mpf}
    scope: dict[str, Any] = {**function.__globals__, **names}
    exec(compile(ast.fix_missing_locations(tree), function.__name__, "exec"), scope)  # noqa: S102 - text of this folder

    def computed(*arguments: Any) -> Any:
        with mpmath.workdps(DIGITS):
            return scope[function.__name__](*arguments)

    return computed
