"""`iondsl parts`: the bundled library, and one part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from iondsl import pipeline
from iondsl.cli._output import say
from iondsl.errors import UsageError, suggestion

if TYPE_CHECKING:
    from iondsl.catalogue import Library, Part


@click.command(name="parts")
@click.argument("name", metavar="[NAME]", default="")
def command(name: str) -> None:
    """List the parts of the bundled library, which `use` brings into a model, or print one with its equations.

    NAME is a part, channels.bazhenov_2002.I_Na or I_Na alone; a library, channels.bazhenov_2002; or a folder, channels.
    """
    from iondsl.catalogue import libraries
    from iondsl.show.library import show_library

    known = libraries()
    found = [(library, tuple(part for part in library.parts if name in ("", *part.names))) for library in known]
    match [(library, parts) for library, parts in found if parts]:
        case []:
            raise UsageError(missing(name, known))
        case [(library, (part,))]:
            say_lines(alone(library, part))
        case several:
            say_lines(line for library, parts in several for line in show_library(library, parts))


def alone(library: Library, part: Part) -> Iterator[str]:
    from iondsl.show.part import show_part

    system, _ = pipeline.examine(library.source, library=True)
    return show_part(system, part)


def say_lines(lines: Iterable[str]) -> None:
    """Headings, which are not indented, stand out."""
    shown = (line if line.startswith(" ") or not line else click.style(line, bold=True) for line in lines)
    say("\n".join(shown).lstrip("\n"))


def missing(name: str, known: tuple[Library, ...]) -> str:
    names = {each for library in known for part in library.parts for each in part.names}
    near = suggestion(name, names) or suggestion(name.rpartition(".")[2], names)
    return f"the library has no part `{name}`\n  {near or '`iondsl parts` lists them'}"
