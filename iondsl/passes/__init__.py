"""Step → Step, one rewrite per file. Every target prints what the last one leaves."""

from __future__ import annotations

from iondsl.passes import fold, hoist, live, powers, repeated, singularities
from iondsl.step import Step

# Singular quotients are recognised as they were written, so they come first; sharing comes last.
PASSES = (live.rewrite, singularities.rewrite, fold.rewrite, hoist.rewrite, powers.rewrite, repeated.rewrite)


def optimise(step: Step) -> Step:
    """The step after all passes, in order."""
    for rewrite in PASSES:
        step = rewrite(step)
    return step
