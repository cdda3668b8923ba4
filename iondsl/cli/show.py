"""`iondsl show`: what a model means, down to the last derived equation."""

from __future__ import annotations

from collections.abc import Iterator

import click
from click.core import ParameterSource

from iondsl import pipeline
from iondsl.cli._options import dtype, fast_options, model_argument, scheme, variant_option
from iondsl.cli._output import say, say_lines
from iondsl.errors import UsageError
from iondsl.options import Options
from iondsl.source import Source

TREE = "Print its blocks as a tree instead, with the file and line of each used part and of every line restated in it."
STEP = "Print what one step computes instead, and what each pass leaves of it; the options below say of which."
LONGEST = "With --fast: the longest step, in the model's unit of time; by default that of a run."


@click.command(name="show")
@model_argument
@variant_option
@click.option("--tree", "as_tree", is_flag=True, help=TREE)
@click.option("--step", "as_step", is_flag=True, help=STEP)
@scheme
@dtype
@fast_options
@click.option("--dt", metavar="TIME", default="", help=LONGEST)
@click.pass_context
def command(
    context: click.Context,
    model: str,
    variant: str,
    as_tree: bool,
    as_step: bool,
    scheme: str,
    dtype: str,
    fast: bool,
    ranges: tuple[str, ...],
    dt: str,
) -> None:
    """Print all of a model: its numbers, and every equation with its origin.

    A derived equation shows the conversion factors in it; a written one is followed by what it stands for,
    where functions or units hide something.
    """
    if as_tree and as_step:
        raise UsageError("--tree and --step print different things: choose one")
    if not as_step:
        refuse(context, "scheme", "dtype", "fast", "ranges", "dt")
    source = pipeline.source_of(model)
    if as_step:
        say_lines(stepped(source, Options(scheme, dtype=dtype, variant=variant, fast=fast, ranges=ranges, dt=dt)))
        return
    if as_tree:
        say("\n".join(built(source, variant)))
        return
    from iondsl.show import show

    say_lines(show(pipeline.resolve(source, variant)))


def refuse(context: click.Context, *names: str) -> None:
    """Raises UsageError for options of these that were typed, and say of which step where none is printed."""
    typed = [each for each in names if context.get_parameter_source(each) is ParameterSource.COMMANDLINE]
    options = [each.opts[0] for each in context.command.params if each.name in typed]
    if options:
        raise UsageError(f"{', '.join(options)}: the equations of a model are the same for all; add --step")


def stepped(source: Source, options: Options) -> Iterator[str]:
    """What is computed under these options, pass by pass."""
    from iondsl.show import step

    return step.stepped(pipeline.steps_of(source, options), options)


def built(source: Source, variant: str) -> Iterator[str]:
    """What a model or a library is built from, if nothing is wrong with it."""
    from iondsl.show.tree import tree

    program, _ = pipeline.program_of(source)
    pipeline.resolve(source, variant, library=True)
    return tree(program, variant)
