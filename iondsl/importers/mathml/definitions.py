"""Functions of MathML that the language lacks, defined in it."""

from __future__ import annotations

from collections.abc import Sequence

from iondsl.elaborate.physics.equations import parsed, placed, pure
from iondsl.source import Span
from iondsl.syntax import Expression, Name
from iondsl.traversal import rewrite

# Inverse functions: Abramowitz and Stegun 4.4 and 4.6, in forms that keep their digits for negative and for small x.
DEFINITIONS = {
    "sec": "1 / cos(x)",
    "csc": "1 / sin(x)",
    "cot": "1 / tan(x)",
    "sech": "1 / cosh(x)",
    "csch": "1 / sinh(x)",
    "coth": "1 / tanh(x)",
    "arcsec": "acos(1 / x)",
    "arccsc": "asin(1 / x)",
    "arccot": "atan(1 / x)",
    "arcsinh": "sign(x) * log(abs(x) + sqrt(x ^ 2 + 1))",
    "arccosh": "log(x + sqrt(x ^ 2 - 1))",
    "arctanh": "(log1p(x) - log1p(-x)) / 2",
    "arcsech": "log((1 + sqrt(1 - x ^ 2)) / x)",
    "arccsch": "log(1 / x + sqrt(1 / x ^ 2 + 1))",
    "arccoth": "(log1p(1 / x) - log1p(-1 / x)) / 2",
}

# x = q y + r with a whole q, |r| < |y|, and r of the sign of x.
REMAINDER = "x - y * (floor(x / y) if x / y >= 0 else ceil(x / y))"


def defined(text: str, operands: Sequence[Expression], span: Span) -> Expression:
    """What a definition in x, or in x and y, is for these operands."""
    given = dict(zip(("x", "y"), operands, strict=False))

    def change(node: Expression) -> Expression:
        if isinstance(node, Name) and node.text in given:
            return given[node.text]
        return pure(placed(node, span))

    return rewrite(parsed(text), change)
