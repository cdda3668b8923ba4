"""Units for every number of an imported program, such that it computes exactly what its source does.

Most tools compute with bare numbers: units are comments there, and may be inconsistent. The language compares them,
and its derived equations convert. So every bare number with a dimension gets the unit that its equation needs, found by
the compiler's own inference, and what does not fit is relabelled by `as`, which computes nothing.
"""

from __future__ import annotations

from iondsl.importers.units.program import consistent

__all__ = ["consistent"]
