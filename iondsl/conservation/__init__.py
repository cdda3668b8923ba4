"""Laws of conservation: whether d/dt of an expression is what its author states, proven exactly, on the syntax.

Both sides become sums of products with rational coefficients (`sums`, `normal`). Derivatives follow by the chain rule
(`derivative`), and definitions are put in only where the difference is not yet 0 (`proof`).
"""

from __future__ import annotations

from iondsl.conservation.proof import Proof, Verdict, proofs

__all__ = ["Proof", "Verdict", "proofs"]
