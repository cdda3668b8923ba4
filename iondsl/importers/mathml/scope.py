"""What stands around an equation, and what is said of elements that cannot be read."""

from __future__ import annotations

from typing import Protocol

from iondsl.errors import Diagnostic
from iondsl.importers.mathml.numbers import pure
from iondsl.importers.xml import Element
from iondsl.source import Span
from iondsl.syntax import Expression, UnitLiteral

MATHML = "http://www.w3.org/1998/Math/MathML"
NO_VALUE = ("infinity", "notanumber")


class Scope(Protocol):
    """What the format says about the names in an equation. Each method reports what is wrong itself."""

    def variable(self, ci: Element) -> Expression: ...
    def rate(self, ci: Element, bvar: Element, span: Span) -> Expression: ...
    def unit(self, cn: Element) -> UnitLiteral | None: ...
    def report(self, finding: Diagnostic) -> None: ...


def unknown(element: Element, scope: Scope) -> Expression:
    """E645 for an element that has no meaning here. What cannot be read stands as 0."""
    cure = "every number of a model is finite" if element.name in NO_VALUE else ""
    name = element.name if element.namespace == MATHML else f'{element.name} xmlns="{element.namespace}"'
    return unsupported(element, f"`<{name}>`", scope, cure)


def unsupported(element: Element, what: str, scope: Scope, cure: str = "") -> Expression:
    scope.report(Diagnostic("E645", f"{what} cannot be carried over", element.span, cure))
    return pure("0", element.span)


def malformed(element: Element, message: str, scope: Scope, cure: str = "") -> Expression:
    """E646 for operands that are not those of the operator."""
    scope.report(Diagnostic("E646", message, element.span, cure))
    return pure("0", element.span)
