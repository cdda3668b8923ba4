"""`iondsl models`: the models that come with iondsl."""

from __future__ import annotations

import click

from iondsl import pipeline, reading, resources
from iondsl.cli._output import say_lines


@click.command(name="models")
def command() -> None:
    """List the bundled models, whose names stand wherever a FILE does: states, species, variants and sources."""
    from iondsl.show.listing import listed

    names = resources.bundled_models()
    width = max(map(len, names))
    for name in names:  # each is shown before the next is read
        say_lines(listed(pipeline.outlined(reading.read(name)), width))
