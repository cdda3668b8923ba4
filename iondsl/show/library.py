"""What `iondsl parts` lists: libraries with their parts, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.catalogue import Library, Part
from iondsl.sentences import headline
from iondsl.show.tables import section
from iondsl.show.words import Row, headed


def show_library(library: Library, parts: tuple[Part, ...]) -> Iterator[str]:
    """The lines of a library with some of its parts."""
    yield from section("\n".join(headed(library.name, library.doc)), map(row, parts))


def row(part: Part) -> Row:
    """Name, keyword and what is carried, what it is."""
    kind = ", ".join(filter(None, (part.keyword, part.moves.removeprefix("carries "))))
    return part.name, kind, headline(part.doc)[0].removesuffix(".")
