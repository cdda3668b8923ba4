"""What a kernel may assume of a run: the ranges of states and parameters, and how long a step is at most."""

from __future__ import annotations

from iondsl.immutable import frozen


@frozen
class Range:
    """A state or a parameter lies between `low` and `high`, both included, in its own unit."""

    name: str
    low: float
    high: float


@frozen
class Assumed:
    """`dt` is the longest step, in the model's unit of time. What no range is given for may have any value, but in a
    fast kernel a parameter has its default."""

    dt: float
    ranges: tuple[Range, ...]
    fast: bool = True
