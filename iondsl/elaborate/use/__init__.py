"""`use` → the blocks that it brings, Program → Program: what follows reads them as if they had been written there."""

from __future__ import annotations

from iondsl.elaborate.use.expansion import expanded

__all__ = ["expanded"]
