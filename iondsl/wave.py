"""One term of a protocol, as numbers: what a run needs to know of it, with nothing of the language around it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wave:
    """One term of a protocol, numbers in the units of its input and of the model's time.

    `shape` is `constant`, `pulse`, `ramp`, `sine` or `steps`; `arguments` are its named numbers, except for `steps`,
    whose `arguments` are `value`, `time`, `value`, ... in order.
    """

    shape: str
    arguments: tuple[tuple[str, float], ...]
    scale: float = 1.0
