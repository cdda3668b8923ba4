"""`iondsl export`: a model as a document."""

from __future__ import annotations

from pathlib import Path

import click

from iondsl import pipeline, reading
from iondsl.cli._options import model_argument, module_of
from iondsl.cli._output import say

FILE = click.Path(path_type=Path)


@click.command(name="export")
@click.argument("target", metavar="FORMAT", callback=module_of("iondsl.targets"))
@model_argument
@click.option("-o", "out", type=FILE, metavar="FILE", help="Write to this file, not to the terminal.")
def command(target: str, model: str, out: Path | None) -> None:
    """Write a model's equations and tables as a document; FORMAT is latex."""
    text = pipeline.document(reading.read(model), target)
    if out is None:
        say(text)
