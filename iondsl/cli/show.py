"""`iondsl show`: what a model means, down to the last derived equation."""

from __future__ import annotations

from collections.abc import Iterator

import click

from iondsl import pipeline
from iondsl.cli._options import model_argument, variant_option
from iondsl.cli._output import say, say_lines
from iondsl.source import Source

TREE = "Print its blocks as a tree instead, with the file and line of each used part and of every line restated in it."


@click.command(name="show")
@model_argument
@variant_option
@click.option("--tree", "as_tree", is_flag=True, help=TREE)
def command(model: str, variant: str, as_tree: bool) -> None:
    """Print all of a model: its numbers, and every equation with its origin.

    A derived equation shows the conversion factors in it; a written one is followed by what it stands for,
    where functions or units hide something.
    """
    source = pipeline.source_of(model)
    if as_tree:
        say("\n".join(built(source, variant)))
        return
    from iondsl.show import show

    say_lines(show(pipeline.resolve(source, variant)))


def built(source: Source, variant: str) -> Iterator[str]:
    """What a model or a library is built from, if nothing is wrong with it."""
    from iondsl.show.tree import tree

    program, _ = pipeline.program_of(source)
    pipeline.resolve(source, variant, library=True)
    return tree(program, variant)
