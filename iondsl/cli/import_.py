"""`iondsl import`: a file of another tool as a model in the language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from iondsl import pipeline, reading
from iondsl.cli._output import count, rendered, say
from iondsl.cli._paths import refusals
from iondsl.errors import Diagnostic, ModelError, UsageError, errors
from iondsl.importers import FORMATS, is_foreign
from iondsl.importers.grouping import grouped
from iondsl.reading import SUFFIX
from iondsl.source import Source

FILE = click.Path(path_type=Path)


@click.command(name="import")
@click.argument("file", metavar="FILE")
@click.option("-o", "out", type=FILE, metavar="FILE", help="Write to this file, not to the terminal.")
@click.option("--force", is_flag=True, help="Replace the file, where there is one.")
def command(file: str, out: Path | None, force: bool) -> None:
    """Write a Myokit (.mmt) or CellML (.cellml) model in the language.

    Gates, membrane currents and units are recognised; what the file says inconsistently is kept with `as [unit]`, and
    told. What cannot be carried over is an error.
    """
    if not is_foreign(file):
        listed = " or ".join(f"{suffix} ({tool})" for suffix, tool in FORMATS.items())
        raise UsageError(f"`{file}` is no file of another tool: its name must end in {listed}")
    if problems := refusals("-o", out, (SUFFIX,)):
        raise UsageError("\n".join(problems))
    if out is not None and out.exists() and not force:
        raise UsageError(f"{out} is there already\n  choose another name, or replace it: --force")
    result = pipeline.imported(reading.read(file))
    if out is None:
        say(result.source.text.rstrip("\n"))
    else:
        write(out, result.source.text)
    found = judged(replace(result.source, name=str(out)) if out is not None else result.source)
    if notes := rendered((*grouped(result.notes), *found)):
        say(notes, error=True)
    if errors(found):
        raise click.exceptions.Exit(ModelError.exit_code)


def write(path: Path, text: str) -> None:
    """Raises UsageError where it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as problem:
        raise UsageError(f"cannot write {path}: {problem.strerror or problem}") from problem


def judged(source: Source) -> tuple[Diagnostic, ...]:
    """What is wrong with the text, with every bare number read as dimensionless; says what is in it."""
    system, found = pipeline.examine(source, strict=True)
    counts = (("state", system.states), ("gate", system.gates), ("current", system.currents))
    contents = ", ".join(count(len(each), thing) for thing, each in counts if each)
    say(f"{source.name}: {contents or 'no states'}", error=True)
    return errors(found)
