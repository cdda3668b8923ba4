"""The warnings of one code about a few lines of a model."""

from __future__ import annotations

from iondsl.errors import Diagnostic, errors
from iondsl.pipeline import examine
from iondsl.source import Source


def warnings(code: str, lines: str) -> list[Diagnostic]:
    """Of lines in which nothing is wrong."""
    _, findings = examine(Source("lint.ion", f"model lint:\n{lines}"))
    assert not errors(findings), findings
    return [finding for finding in findings if finding.code == code]


def places(code: str, lines: str) -> list[str]:
    """The texts that they mark."""
    return [found.span.text for found in warnings(code, lines) if found.span is not None]
