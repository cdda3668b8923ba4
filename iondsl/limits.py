"""Numbers that no cell has: what `check` refuses where it is written, and a run where it is given."""

from __future__ import annotations

from iondsl.immutable import frozen


@frozen
class Limit:
    """The number must be above 0, or may be 0, too; and what to say of one that is not."""

    zero: bool
    reason: str


LIMITS = {
    "size": Limit(False, "it is the size of something"),
    "time constant": Limit(True, "it is how long something takes"),
    "temperature": Limit(False, "it counts from absolute zero"),
    "concentration": Limit(True, "an ion has its sign in `z`, and a concentration has none"),
}
