"""What stands around an equation, and what is said of elements that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Protocol

from iondsl.errors import Diagnostic
from iondsl.importers.mathml.numbers import pure
from iondsl.importers.xml import Element
from iondsl.source import Span
from iondsl.syntax import Expression, UnitLiteral
from iondsl.traversal import walk

MAX_REPEATED = 1000  # operations in an operand that is written twice
MATHML = "http://www.w3.org/1998/Math/MathML"
CURES = {
    "ci": "CellML has no functions of its own: write the expression where it is used",
    "infinity": "every number of a model is finite",
    "notanumber": "every number of a model is one",
    "csymbol": "what other formats define, such as a delay, the language lacks",
    "int": "an integral is a state: write its derivative",
    "partialdiff": "write `<diff/>`: a model has one independent variable",
    "factorial": "write the number",
}


class Scope(Protocol):
    """What the format says about the names in an equation. Each method reports what is wrong itself."""

    def variable(self, ci: Element) -> Expression: ...
    def rate(self, ci: Element, bvar: Element, span: Span) -> Expression: ...
    def unit(self, cn: Element) -> UnitLiteral | None: ...
    def report(self, finding: Diagnostic) -> None: ...


def unknown(element: Element, scope: Scope) -> Expression:
    """E645 for an element that has no meaning here. What cannot be read stands as 0."""
    more = "" if element.namespace == MATHML else f' xmlns="{element.namespace}"'
    more += f' definitionURL="{url}"' if (url := element.get("definitionURL")) else ""
    return unsupported(element, f"`<{element.name}{more}>`", scope, CURES.get(element.name, ""))


def unsupported(element: Element, what: str, scope: Scope, cure: str = "") -> Expression:
    scope.report(Diagnostic("E645", f"{what} cannot be carried over", element.span, cure))
    return pure("0", element.span)


def malformed(element: Element, message: str, scope: Scope, cure: str = "") -> Expression:
    """E646 for operands that are not those of the operator."""
    scope.report(Diagnostic("E646", message, element.span, cure))
    return pure("0", element.span)


def repeatable(operands: Iterable[Expression], element: Element, scope: Scope) -> bool:
    """Whether operands may be written twice; E632 for one that is too large: in each other they double every time."""
    if not any(next(islice(walk(each), MAX_REPEATED, None), None) for each in operands):
        return True
    message = f"`<{element.children[0].name}/>` of too large an expression: what it becomes has an operand twice"
    scope.report(Diagnostic("E632", message, element.span, "give the operands names, in equations of their own"))
    return False
