"""The tables of docs/parts.md, from the library and from `tests.docs.brainpy`.

A table stands between `<!-- NAME -->` and `<!-- end -->`, where NAME is a folder of the library or one of BRAINPY;
`pytest tests/docs/test_parts_page.py --update-golden` writes them anew. Everything else on the page is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from iondsl import pipeline
from iondsl.catalogue import Library, Part, libraries
from iondsl.formatter import text
from iondsl.show.part import extent
from iondsl.syntax import Name
from iondsl.system import Kind, Quantity, System
from iondsl.traversal import walk
from tests.docs.brainpy import CHANNELS, CONSTRUCTS, IONS, Row

BRAINPY = ("BrainPy's ions", "BrainPy's channels")
TABLE = re.compile(r"(?<=^<!-- )(?P<name>(?!end )[\w' ]+)( -->\n).*?(?=^<!-- end -->)", re.MULTILINE | re.DOTALL)
DOI = re.compile(r"doi:(\S+)")


def tables(page: str) -> tuple[str, ...]:
    """The names of the tables of a page."""
    return tuple(found["name"] for found in TABLE.finditer(page))


def refreshed(page: str) -> str:
    """The page with its tables as they should be."""
    return TABLE.sub(lambda found: f"{found['name']}{found[2]}{table(found['name'])}", page)


def table(name: str) -> str:
    if name == BRAINPY[0]:
        lines = lines_of(("BrainPy", "iondsl"), ions())
    elif name == BRAINPY[1]:
        lines = lines_of(("BrainPy", "iondsl", "for its numbers", "without `v2`"), map(channel, CHANNELS))
    else:
        lines = lines_of(("part", "what it is", "inputs to bind, defaults", "source"), folder(name))
    return "".join(lines)


def lines_of(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table; bars inside of cells are escaped."""
    for cells in (heads, ("---",) * len(heads), *rows):
        escaped = (cell.replace("|", r"\|") for cell in cells)
        yield f"| {' | '.join(escaped)} |\n"


@cache
def known() -> tuple[Library, ...]:
    return libraries()


def folder(name: str) -> Iterator[tuple[str, ...]]:
    """A row for each library, with those of its parts below."""
    for library in known():
        if library.folder == name:
            system, _ = pipeline.examine(library.source, library=True)
            link = f"[**{library.name}**](../models/{library.source.name})"
            yield link, library.doc, "", sources(library.citations)
            yield from (row(part, library, system) for part in library.parts)


def row(part: Part, library: Library, system: System) -> tuple[str, ...]:
    what = f"*{part.keyword} {part.moves}".strip() + f"*. {part.doc}"
    own = tuple(cite for cite in part.citations if cite not in library.citations)
    given = "; ".join(filter(None, (inputs(part, system), defaults(part, system))))
    return f"`{part.name}`", what, given, sources(own)


def sources(citations: tuple[str, ...]) -> str:
    return ", ".join(DOI.sub(r"[\1](https://doi.org/\1)", cite) for cite in citations)


def inputs(part: Part, system: System) -> str:
    """What a line of the `use` is to bind, with the value that it has where none does."""
    own, _ = extent(system, part.name)
    return ", ".join(f"*input* `{named_input(each)}`" for each in own.inputs).replace(f"{part.name}.", "")


def named_input(quantity: Quantity) -> str:
    value = quantity.value
    return f"{quantity.name} [{quantity.unit}]" if value is None else f"{quantity.name} = {text(value.written)}"


def defaults(part: Part, system: System) -> str:
    """Its parameters, and the numbers with which its states begin."""
    own, _ = extent(system, part.name)
    shown = (f"`{each.name} = {text(each.value.written)}`" for each in own.quantities if each.value and is_shown(each))
    return ", ".join(shown).replace(f"{part.name}.", "")


def is_shown(quantity: Quantity) -> bool:
    value = quantity.value
    is_number = value is not None and not any(isinstance(node, Name) for node in walk(value.written))
    return quantity.kind is Kind.PARAMETER or (quantity.kind is Kind.STATE and is_number)


def ions() -> Iterator[tuple[str, ...]]:
    for each in CONSTRUCTS:
        anchor = re.sub(r"[^\w -]", "", each.example).lower().replace(" ", "-")
        yield named(each.names), f"{each.construct} ([example](#{anchor}))"
    for row in IONS:
        library = next(each for each in known() if each.name == row.part.rpartition(".")[0])
        uses = tuple(part.use for part in library.parts if part.keyword in ("space", "ion"))
        yield named(row.classes), coded(uses)


def channel(row: Row) -> tuple[str, ...]:
    if "." not in row.part:
        return named(row.classes), f"the model [{row.part}](../models/{row.part}.ion)", coded(row.lines), ""
    return named(row.classes), f"`{row.use}`", coded(row.lines), coded((row.own,) if row.own else ())


def named(names: tuple[str, ...]) -> str:
    return coded(names)


def coded(texts: tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in texts)
