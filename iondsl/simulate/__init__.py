"""Everything that needs a clock: protocols, runs and their results."""

from __future__ import annotations

from iondsl.simulate.cell import Cell
from iondsl.simulate.result import Result
from iondsl.simulate.run import RunInterrupted

__all__ = ["Cell", "Result", "RunInterrupted"]
