"""Files of Myokit (`mmt`) → Foreign. The format: Myokit's documentation, "Model definition syntax"."""

from __future__ import annotations

from iondsl.importers.mmt.reader import read

__all__ = ["read"]
