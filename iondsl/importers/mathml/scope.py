"""What stands around an equation, and what is said of elements that cannot be read."""

from __future__ import annotations

from typing import Protocol

from iondsl.errors import Diagnostic
from iondsl.importers.mathml.numbers import pure
from iondsl.importers.xml import Element
from iondsl.source import Span
from iondsl.syntax import Expression, UnitLiteral

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
