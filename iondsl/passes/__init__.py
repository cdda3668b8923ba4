"""Step → Step, one rewrite per file. Every target prints what the last one leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from iondsl.options import Options
from iondsl.passes import (
    divisions,
    exp2,
    exponentials,
    fold,
    fractions,
    gates,
    guards,
    hoist,
    live,
    mirrored,
    plain,
    powers,
    products,
    rates,
    repeated,
    series,
    singularities,
)
from iondsl.step import Step

Rewrite = Callable[[Step], Step]


def optimise(step: Step, options: Options) -> Step:
    """The step after all passes, in order."""
    for _, after in stages(step, options):
        step = after
    return step


def stages(step: Step, options: Options) -> Iterator[tuple[str, Step]]:
    """Every pass by its name, with the step that it leaves."""
    for name, rewrite in passes(options).items():
        step = rewrite(step)
        yield name, step


def passes(options: Options) -> dict[str, Rewrite]:
    """Singular quotients are recognised as they were written, so they come first; sharing comes last."""
    return {
        "live": live.rewrite,
        "singularities": singularities.rewrite,
        "mirrored": mirrored.rewrite,
        "plain": partial(plain.rewrite, dtype=options.dtype),
        **({"gates": gates.rewrite} if options.fast else {}),
        "exponentials": partial(exponentials.rewrite, dtype=options.dtype),
        "series": partial(series.rewrite, dtype=options.dtype),
        "rates": partial(rates.rewrite, dtype=options.dtype),
        "fractions": partial(fractions.rewrite, dtype=options.dtype),
        "exp2": partial(exp2.rewrite, dtype=options.dtype),
        "guards": guards.rewrite,
        "fold": fold.rewrite,
        "divisions": divisions.rewrite,
        "products": products.rewrite,
        "hoist": hoist.rewrite,
        "powers": powers.rewrite,
        "repeated": repeated.rewrite,
    }

