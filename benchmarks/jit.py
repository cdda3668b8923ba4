"""Opponents in numba: the functions of a file, compiled for numbers of one size."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

HERE = Path(__file__).parent / "handwritten"


@cache
def advance(model: str, dtype: str) -> Any:
    """`advance` of `handwritten/MODEL_numba.py`, with fastmath, which numba compiles at its first call.

    Raises ImportError where there is no numba.
    """
    from numba import njit

    namespace: dict[str, Any] = {"real": np.dtype(dtype).type}
    for name in (model, "elementary"):  # what a model imports from there is replaced
        path = HERE / f"{name}_numba.py"
        exec(compile(in_size(path.read_text(encoding="utf-8")), str(path), "exec"), namespace)  # noqa: S102 - our own
    for name, value in tuple(namespace.items()):
        if isinstance(value, FunctionType):
            namespace[name] = njit(fastmath=True)(value)
    return namespace["advance"]


def in_size(text: str) -> ast.Module:
    """With real(0.1) for 0.1: beside a float32, numba takes a literal for a float64, and computes in that."""
    tree = ast.parse(text)
    Literals().visit(tree)
    return ast.fix_missing_locations(tree)


class Literals(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, float):
            return node
        return ast.copy_location(ast.Call(ast.Name("real", ast.Load()), [node], []), node)
