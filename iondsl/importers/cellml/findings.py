"""What is wrong with a file, collected: one mistake does not hide the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from iondsl.errors import Diagnostic
from iondsl.importers.xml import Element
from iondsl.source import Span


@dataclass(slots=True)
class Findings:
    """In the order in which they are made."""

    all: list[Diagnostic] = field(default_factory=list)

    def add(self, code: str, message: str, span: Span, cure: str = "") -> None:
        self.report(Diagnostic(code, message, span, cure))

    def report(self, finding: Diagnostic) -> None:
        if finding not in self.all:
            self.all.append(finding)

    def needed(self, element: Element, name: str, namespace: str = "") -> str | None:
        """An attribute that has to be there."""
        value = element.get(name, namespace)
        if not value:
            self.add("E634", f"`<{element.name}>` without `{name}`", element.tag)
        return value or None
