"""`iondsl show`: what a model means, down to the last derived equation."""

from __future__ import annotations

import click

from iondsl import pipeline, reading
from iondsl.cli._options import model_argument, variant_option
from iondsl.cli._output import say


@click.command(name="show")
@model_argument
@variant_option
def command(model: str, variant: str) -> None:
    """Print all of a model: its numbers, and every equation with its origin.

    A derived equation shows the conversion factors in it; a written one is followed by what it stands for,
    where functions or units hide something.
    """
    from iondsl.show import show

    lines = show(pipeline.resolve(reading.read(model), variant))
    say("\n".join(line if line.startswith(" ") else click.style(line, bold=True) for line in lines))
