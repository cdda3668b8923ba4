"""Program → its text, laid out as authors of the language would: the last step of an import."""

from __future__ import annotations

from iondsl.importers.writing.names import shortened
from iondsl.importers.writing.statements import written
from iondsl.layout import laid_out
from iondsl.source import Source
from iondsl.syntax import Program

__all__ = ["shortened", "text", "written"]


def text(program: Program) -> str:
    """The text of a program whose names are full paths from the root, each in the shortest form that means the same."""
    return laid_out(Source(program.source.name, written(shortened(program))))
