"""Files of CellML 1.0, 1.1 and 2.0 → Foreign. The format: https://www.cellml.org/specifications."""

from __future__ import annotations

from iondsl.importers.cellml.reader import read

__all__ = ["read"]
