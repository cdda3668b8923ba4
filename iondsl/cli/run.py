"""`iondsl run`: simulate a model and say what it did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from iondsl import pipeline
from iondsl.cli._options import fast_options, kernel_options, model_argument, variant_option
from iondsl.cli._output import say
from iondsl.options import Options

FILE = click.Path(path_type=Path)
COUNT = click.IntRange(min=1)
CELLS = "How many cells, which differ by their noise alone; from Python, each may have parameters of its own."
SET = "Set a parameter or an input, as in 'I_Na.g=100[mS/cm^2]'; may be repeated. Some shells need the quotes."


@click.command(name="run")
@model_argument
@click.argument("surplus", nargs=-1, metavar="")
@variant_option
@click.option("--protocol", metavar="NAME", help="What drives the inputs; without it they keep their defaults.")
@click.option("--until", metavar="TIME", help="When to stop, in the model's unit of time, or as 1[s]; by default 100.")
@click.option("--dt", metavar="TIME", help="The time step; by default 0.01, and 0.01[ms] in a model in seconds.")
@kernel_options
@fast_options
@click.option("--cells", type=COUNT, metavar="N", default=1, help=CELLS)
@click.option("--threads", type=COUNT, metavar="N", default=1, help="On how many threads.")
@click.option("--set", "set_", metavar="NAME=VALUE[unit]", multiple=True, help=SET)
@click.option("--record", metavar="NAMES", multiple=True, help="What to record, as in V,I_Na.m,I_K; by default V.")
@click.option("--every", metavar="TIME", help="How often to record, a multiple of dt; by default about every 0.1.")
@click.option("-o", "out", type=FILE, metavar="FILE", help="Write what was recorded to a .csv or .npz file.")
@click.option("--events", type=FILE, metavar="FILE", help="Write when and where events happened to a .csv file.")
@click.option("--plot", type=FILE, metavar="FILE", help="Draw what was recorded to a .png, .pdf or .svg file.")
def command(
    model: str,
    surplus: tuple[str, ...],
    variant: str,
    target: str,
    scheme: str,
    dtype: str,
    fast: bool,
    ranges: tuple[str, ...],
    out: Path | None,
    plot: Path | None,
    events: Path | None,
    **asked: Any,
) -> None:
    """Simulate a model, and summarise what it did.

    Ends with 4 where a state becomes infinite or not a number, or leaves its --range, of which
    every V has one by default; what was recorded until then is written.
    """
    from iondsl.cli._outputs import Outputs
    from iondsl.cli._progress import progress
    from iondsl.cli._request import Request
    from iondsl.cli._summary import summary
    from iondsl.errors import NumericsError, UsageError
    from iondsl.simulate.result import Result
    from iondsl.simulate.run import RunInterrupted

    if surplus:
        raise too_much(surplus)
    outputs = Outputs(out, plot, events)
    outputs.refuse()
    request = Request(**asked)
    longest = (request.dt or "") if fast else ""
    options = Options(scheme, target, dtype, variant=variant, fast=fast, ranges=ranges, dt=longest)
    cell = pipeline.cell_of(pipeline.source_of(model), options)
    if events is not None and not cell.manifest.events:
        raise UsageError("--events: the model declares none; one is `event spike = V > 0 [mV]`, at the top of its file")
    arguments = request.arguments(cell.manifest)
    try:
        with progress() as report:
            result = cell.run(**arguments, progress=report)
    except (NumericsError, RunInterrupted) as stop:
        if isinstance(stop.result, Result):
            stop.add_note(outputs.rescue(request.wanted(stop.result)))
        raise
    written = outputs.save(request.wanted(result))
    say("\n".join(summary(cell.manifest, arguments, result, written)))


def too_much(words: tuple[str, ...]) -> click.UsageError:
    """What stands behind FILE without an option: most often a `--set` that the shell has cut at its spaces."""
    if any(word.startswith(("=", "[")) for word in words):
        cure = "quote what holds spaces: --set 'I_Na.g = 100 [mS/cm^2]'"
    else:
        cure = "a protocol is named by --protocol, what to record by --record"
    return click.UsageError(f"`{' '.join(words)}` has no option before it; {cure}")
