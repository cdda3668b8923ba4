"""What `iondsl parts` lists: libraries with their parts, each in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iondsl.catalogue import Library, Part
from iondsl.show.tables import section
from iondsl.show.words import Row, headed

SENTENCE = re.compile(r"(?<!\bal)\.\s+(?!\d)")  # it does not end in `Li et al. 2017`


def show_library(library: Library, parts: tuple[Part, ...]) -> Iterator[str]:
    """The lines of a library with some of its parts."""
    yield from section("\n".join(headed(library.name, library.doc)), map(row, parts))


def row(part: Part) -> Row:
    """Name, keyword and what is carried, what it is."""
    kind = ", ".join(filter(None, (part.keyword, part.moves.removeprefix("carries "))))
    return part.name, kind, SENTENCE.split(part.doc, maxsplit=1)[0].removesuffix(".")
