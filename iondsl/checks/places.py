"""Where in a right side something stands that may come in through a function."""

from __future__ import annotations

from iondsl.source import Span
from iondsl.system import Formula


def within(span: Span, whole: Span) -> bool:
    """Whether a place lies in a stretch of its file."""
    return span.source is whole.source and whole.start <= span.start and span.end <= whole.end


def inside(span: Span | None, formula: Formula) -> Span:
    """The place itself, or the whole right side for what comes in through a function."""
    return span if span is not None and within(span, formula.span) else formula.span
