"""How many threads a call of a kernel is worth."""

from __future__ import annotations

from iondsl.simulate.kernel import Array

# So many new values of states take some 0.1 ms: one thread has them before others have been woken and waited for.
FEW = 50_000


def worth(threads: int, state: Array, steps: int) -> int:
    """`threads`, or 1 where there is too little for several to do. Results do not depend on it."""
    return threads if state.size * steps >= FEW else 1
