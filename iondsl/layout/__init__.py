"""text → the same text as its language's authors lay it out: blanks and line breaks change, and nothing else."""

from __future__ import annotations

from iondsl.layout.file import format_source, laid_out

__all__ = ["format_source", "laid_out"]
