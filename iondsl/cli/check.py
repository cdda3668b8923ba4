"""`iondsl check`: everything that is wrong or suspicious in a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from iondsl import pipeline
from iondsl.cli._output import complain, count, rendered, say
from iondsl.errors import Diagnostic, ModelError, UsageError, errors

if TYPE_CHECKING:
    from iondsl.system import System

JSON = "Print a JSON list instead; lines and columns count from 1, ends are exclusive."
UNITS = "Print the unit of every equation, what bare numbers were read as, conversions, and every `as`."
STRICT = "Read every bare number as dimensionless."
WRONG, UNREADABLE = ModelError.exit_code, UsageError.exit_code


@click.command(name="check")
@click.argument("models", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help=JSON)
@click.option("--units", "with_units", is_flag=True, help=UNITS)
@click.option("--strict", is_flag=True, help=STRICT)
def command(models: tuple[str, ...], as_json: bool, with_units: bool, strict: bool) -> None:
    """Print every error and warning in models and in libraries of parts.

    Ends with 0 where there is no error, 1 where there is one, and 2 where a file cannot be read.
    """
    found: list[Diagnostic] = []
    unreadable, libraries = 0, 0
    for model in models:
        try:
            system, of_model = examined(model, strict)
            found += of_model
            libraries += system is not None and system.is_library
            if with_units and system is not None and not as_json:
                say_units(system)
        except UsageError as error:
            complain(str(error))
            unreadable += 1
    if as_json:
        say(to_json(found))
    else:
        say("\n".join(filter(None, (rendered(found), summary(found, len(models) - unreadable, libraries)))))
    raise click.exceptions.Exit(UNREADABLE if unreadable else WRONG if errors(found) else 0)


def examined(model: str, strict: bool) -> tuple[System | None, tuple[Diagnostic, ...]]:
    """The findings in source order, and the System as far as there is one. Raises UsageError for a missing file."""
    try:
        return pipeline.examine(pipeline.source_of(model), strict, library=True)
    except ModelError as error:
        return None, error.diagnostics


def say_units(system: System) -> None:
    from iondsl.show.inferred import inferred

    say("\n".join((*inferred(system), "")))


def summary(found: list[Diagnostic], files: int, libraries: int) -> str:
    if not files:
        return ""
    wrong = len(errors(found))
    warnings = count(len(found) - wrong, "warning") if len(found) > wrong else ""
    checked = count(files, "file")
    if libraries:
        checked += f", {'a library' if files == 1 else f'{libraries} of them libraries'} of parts"
    return f"{', '.join(filter(None, (count(wrong, 'error'), warnings)))} in {checked}"


def to_json(found: list[Diagnostic]) -> str:
    import json

    return json.dumps([fields(diagnostic) for diagnostic in found], ensure_ascii=False, indent=1)


def fields(diagnostic: Diagnostic) -> dict[str, str | int | None]:
    """The end is the first column behind what is blamed; the places of what has none are null."""
    span = diagnostic.span
    start = (None, None) if span is None else span.source.line_column(span.start)
    end = (None, None) if span is None else span.source.line_column(span.end)
    return {
        "file": None if span is None else span.source.name,
        "line": start[0],
        "column": start[1],
        "end_line": end[0],
        "end_column": end[1],
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "cure": diagnostic.cure,
    }
