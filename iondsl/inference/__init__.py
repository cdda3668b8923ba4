"""The units of every equation: inferred, compared and converted on the syntax tree, one equation at a time.

Each is read alone, from the units that names are known to have; bare numbers are the unknowns.
"""

from __future__ import annotations

from iondsl.inference.equation import Equation, Inferred, Reading, Rules, infer
from iondsl.inference.judge import Conversion, Lookup, Mismatch
from iondsl.inference.mend import exact

__all__ = ["Conversion", "Equation", "Inferred", "Lookup", "Mismatch", "Reading", "Rules", "exact", "infer"]
