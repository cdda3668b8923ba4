"""Files of other tools → text of the language.

A reader per format makes `Foreign` of a file, `arrange` a program of that, `units` gives every number its unit, and
`writing` makes the text. What cannot be carried over is an error at its place, never left out in silence.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from iondsl.errors import Diagnostic, ModelError
from iondsl.immutable import frozen
from iondsl.source import Source

if TYPE_CHECKING:
    from iondsl.importers.foreign import Foreign

FORMATS = {".mmt": "Myokit", ".cellml": "CellML"}


@frozen
class Imported:
    """`source` holds the text in the language, `notes` what its author should look at, in the file that was read."""

    source: Source
    notes: tuple[Diagnostic, ...]


def is_foreign(name: str) -> bool:
    """Whether a file is of another tool, by the end of its name."""
    return PurePath(name).suffix.lower() in FORMATS


def imported(source: Source) -> Imported:
    """A file of another tool as text of the language. Raises ModelError with everything that is wrong with it."""
    from iondsl.importers.arrange import arrange
    from iondsl.importers.limits import excesses
    from iondsl.importers.plain import plain
    from iondsl.importers.units import consistent
    from iondsl.importers.writing import text

    foreign = read(source)
    if found := excesses(foreign):
        raise ModelError(found)
    program, notes = consistent(arrange(foreign))
    written = replace(source, name=f"{source.name} (imported)", text=text(plain(program)))
    return Imported(written, (*foreign.warnings, *notes))


def read(source: Source) -> Foreign:
    """What the file says, by the reader of its format."""
    if PurePath(source.name).suffix.lower() == ".mmt":
        from iondsl.importers import mmt

        return mmt.read(source)
    from iondsl.importers import cellml

    return cellml.read(source)
