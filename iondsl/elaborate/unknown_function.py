"""What to say about a call of something that is no function here."""

from __future__ import annotations

from iondsl.elaborate.scope import Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.functions import MATHEMATICAL, POOLS, STARTS, WAVES
from iondsl.laws import PHYSICAL
from iondsl.syntax import Call

# What other languages call a function.
ELSEWHERE = {
    "ln": "the natural logarithm is `log`",
    "fabs": "write `abs`",
    "pow": "write `a^b`",
    "power": "write `a^b`",
    "ceiling": "write `ceil`",
    "mod": "a remainder of `a / b` is `a - b * floor(a / b)`",
    "if": "write `a if condition else b`",
    "piecewise": "write `a if condition else b`",
    "where": "write `a if condition else b`",
    "log2": "write `log(x) / log(2)`",
    "Q10": "did you mean `q10`?",
}


def unknown_function(call: Call, scope: Scope) -> Diagnostic:
    function = call.function.text
    if function in WAVES:
        cure = "put it into a `protocol NAME:` block that drives an input"
        return Diagnostic("E205", f"`{function}` stands only in a protocol", call.function.span, cure)
    if any(outer.declares(function) for outer in scope.outward()):
        return Diagnostic("E205", f"`{function}` is no function", call.function.span, "a product needs `*`")
    users = {known for outer in scope.outward() for known in outer.functions}
    cure = ELSEWHERE.get(function) or suggestion(function, {*MATHEMATICAL, *PHYSICAL, *POOLS, *STARTS, *users})
    return Diagnostic("E205", f"unknown function `{function}`", call.function.span, cure)
