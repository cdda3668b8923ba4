"""Recorded courses: numbers in a CSV file beside a model. Nothing that stands in one is ever repeated in a message."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from iondsl.immutable import frozen
from iondsl.reading import MAX_BYTES
from iondsl.source import Source

SUFFIX = ".csv"
CALL = re.compile(r"\bfile\s*\(")
NAME = re.compile(r'"([^"\n]+)"')
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
UNIT = re.compile(r"\[([^\[\]]*)\]")
BESIDE = "a recording lies beside the model, or in a folder there: give its path from there, without `..`"


class RecordingError(Exception):
    """A file that cannot be used; `code` is E504 for the file itself, E505 for what is in it."""

    def __init__(self, message: str, cure: str = "", code: str = "E505") -> None:
        super().__init__(message)
        self.message, self.cure, self.code = message, cure, code


@frozen
class Table:
    """Two columns of a file: `rows` are the lines in which they stand, `units` what its first line says, or None."""

    rows: tuple[int, ...]
    times: tuple[float, ...]
    values: tuple[float, ...]
    units: tuple[str | None, str | None]


def files(source: Source) -> list[tuple[str, bytes]]:
    """Every file that a model may read, by the name that it has there: what is made of the model depends on them."""
    if not CALL.search(source.text):
        return []
    found = []
    for name in dict.fromkeys(name for name in NAME.findall(source.text) if name.endswith(SUFFIX)):
        try:
            found.append((name, contents(source, name)))
        except RecordingError:
            continue  # an error of the model, or no recording at all
    return found


def read(source: Source, name: str, column: int, several: bool) -> Table:
    """The times and one column of values, counted from 1. `several`: there may be others. Raises RecordingError."""
    lines = list(split(name, contents(source, name)))
    head: list[str] = []
    if lines and not all(NUMBER.fullmatch(cell) for cell in lines[0][1]):
        head = lines.pop(0)[1]
    if len(lines) < 2:
        raise RecordingError(f"`{name}` has fewer than two lines of numbers", "each holds a time and a value")
    for row, cells in lines:
        check(name, row, cells, column, several)
    places = (0, column - 1)
    units = [UNIT.search(head[place]) if place < len(head) else None for place in places]
    first, second = (None if unit is None else unit[1] for unit in units)
    times, values = (tuple(float(cells[place]) for _, cells in lines) for place in places)
    return Table(tuple(row for row, _ in lines), times, values, (first, second))


def split(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, with their numbers."""
    import csv  # 1 ms, which a model without recordings does not pay

    try:
        reader = csv.reader(data.decode("utf-8-sig").splitlines())
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except UnicodeDecodeError:
        raise RecordingError(f"`{name}` is not text in UTF-8") from None
    except csv.Error:
        raise RecordingError(f"line {reader.line_num} of `{name}` cannot be read") from None


def check(name: str, row: int, cells: list[str], column: int, several: bool) -> None:
    if len(cells) < column:
        raise RecordingError(f"line {row} of `{name}` has no column {column}", "separate columns by commas")
    if len(cells) > 2 and not several:
        cure = f'say which one is meant: `file("{name}", column = 2)`'
        raise RecordingError(f"line {row} of `{name}` has {len(cells)} columns", cure)
    for place in (1, column):
        cell = cells[place - 1]
        if not NUMBER.fullmatch(cell) or not math.isfinite(float(cell)):
            raise RecordingError(f"column {place} in line {row} of `{name}` is not a number")


def contents(source: Source, name: str) -> bytes:
    """The bytes of a file. Raises RecordingError (E504) for one that is not there, elsewhere, or too large."""
    asked = PurePosixPath(name)
    if asked.is_absolute() or ".." in asked.parts or set(name) & set("\\:\0"):
        raise RecordingError("this path leads away from the model", BESIDE, "E504")
    if asked.suffix != SUFFIX:
        raise RecordingError(f"the name of a recording ends in {SUFFIX}", code="E504")
    folder = Path(source.name).parent
    try:
        path = (folder / asked).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise RecordingError("this path leads away from the model", BESIDE, "E504")
        if not path.is_file():
            raise RecordingError(f"there is no file `{name}` beside the model", BESIDE, "E504")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, RuntimeError, ValueError):
        raise RecordingError(f"`{name}` cannot be read", code="E504") from None
    if len(data) > MAX_BYTES:
        raise RecordingError(f"`{name}` has more than {MAX_BYTES:,} bytes", "record less often", "E504")
    return data
