"""syntax.Program → System: names looked up, calls inlined, derived equations added; one file per construct.

Nothing here imports SymPy: `iondsl check` must stay quick. `iondsl.symbolic` makes the SymPy model of a System.
"""

from __future__ import annotations

from iondsl.elaborate.elaborate import elaborate, no_model

__all__ = ["elaborate", "no_model"]
