"""`iondsl parts`: the bundled library, and one part of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from iondsl import pipeline
from iondsl.cli._output import say_lines
from iondsl.errors import UsageError, suggestion

if TYPE_CHECKING:
    from iondsl.catalogue import Library, Part


@click.command(name="parts")
@click.argument("name", metavar="[NAME]", default="")
def command(name: str) -> None:
    """List the parts of the bundled library, which `use` brings into a model, or print one with its equations.

    NAME is a part, channels.bazhenov_2002.I_Na or I_Na alone; a library, channels.bazhenov_2002; or a folder, channels.
    Where nothing has this name it is a word, calcium: those parts are listed whose names or texts have it.
    """
    from iondsl.catalogue import libraries
    from iondsl.show.library import show_library

    known = libraries()
    found = [(library, tuple(part for part in library.parts if name in ("", *part.names))) for library in known]
    match [(library, parts) for library, parts in found if parts]:
        case []:
            say_lines(line for library, parts in mentioning(name, known) for line in show_library(library, parts))
        case [(library, (part,))]:
            say_lines(alone(library, part))
        case several:
            say_lines(line for library, parts in several for line in show_library(library, parts))


def mentioning(word: str, known: tuple[Library, ...]) -> Iterator[tuple[Library, tuple[Part, ...]]]:
    """The parts with a word in name or text; all of a library where only its text has it. Raises UsageError if none."""
    found = [(library, mentioned(word.lower(), library)) for library in known]
    if not any(parts for _, parts in found):
        raise UsageError(missing(word, known))
    yield from ((library, parts) for library, parts in found if parts)


def mentioned(word: str, library: Library) -> tuple[Part, ...]:
    parts = tuple(part for part in library.parts if word in f"{part.full_name} {part.doc}".lower())
    return parts or (library.parts if word in library.doc.lower() else ())


def alone(library: Library, part: Part) -> Iterator[str]:
    from iondsl.show.part import show_part

    system, _ = pipeline.examine(library.source, library=True)
    return show_part(system, part)


def missing(name: str, known: tuple[Library, ...]) -> str:
    names = {each for library in known for part in library.parts for each in part.names}
    near = suggestion(name, names) or suggestion(name.rpartition(".")[2], names)
    return f"the library has no part `{name}`\n  {near or '`iondsl parts` lists them'}"
