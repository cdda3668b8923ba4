"""Text → syntax.Program: logical lines, each through Lark, then blocks from indentation. Only this imports Lark."""
from __future__ import annotations

from iondsl.parser.blocks import parse

__all__ = ["parse"]
