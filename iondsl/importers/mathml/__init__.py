"""MathML 2, content markup → expressions, element by element: what a `<ci>` and a unit mean, the format says."""

from __future__ import annotations

from iondsl.importers.mathml.reader import Reader
from iondsl.importers.mathml.scope import MATHML, Scope

__all__ = ["MATHML", "Reader", "Scope"]
