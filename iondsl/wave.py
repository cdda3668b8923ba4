"""One term of a protocol, as numbers: what a run needs to know of it, with nothing of the language around it."""

from __future__ import annotations

from iondsl.immutable import frozen


@frozen
class Wave:
    """One term of a protocol, numbers in the units of its input and of the model's time.

    `shape` is `constant`, `pulse`, `ramp`, `sine`, `steps`, `noise` or `file`. `arguments` are its named numbers, those
    of `steps` `value`, `time`, `value`, ... in order, those of `file` `time`, `value`, `time`, ... .
    """

    shape: str
    arguments: tuple[tuple[str, float], ...]
    scale: float = 1.0
