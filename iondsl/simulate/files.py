"""Arrays to files: CSV, and the archives of NumPy."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from iondsl.errors import UsageError
from iondsl.simulate.kernel import Array

if TYPE_CHECKING:
    import numpy.typing as npt

# Rows that are turned into text at a time.
ROWS = 4096
# The same bytes for the same numbers: the earliest date that an archive can hold, instead of today's.
DATE = (1980, 1, 1, 0, 0, 0)


def heading(name: str, unit: str) -> str:
    return f"{name} [{unit}]" if unit else name


def text(values: Sequence[str] | Sequence[tuple[str, str]]) -> npt.NDArray[np.str_]:
    return np.array(values, dtype=np.str_)


def write_csv(path: Path, columns: list[tuple[str, Array]]) -> None:
    """`columns` are headings with arrays (rows, 1). The csv module writes a float as its `repr`, exactly."""
    rows = len(columns[0][1])
    with writing(path), path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([name for name, _ in columns])
        for first in range(0, rows, ROWS):
            chunk = np.hstack([values[first : first + ROWS] for _, values in columns])
            writer.writerows(chunk.tolist())


def write_rows(path: Path, head: Sequence[str], rows: Iterable[Sequence[float | str]]) -> None:
    with writing(path), path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def write_npz(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """`numpy.savez` takes the names as keywords, and so refuses some that a model may have.

    Not compressed: digits of a simulation are nearly random.
    """
    import zipfile  # late: a run that writes no archive does without its dependencies

    with writing(path), zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", DATE)
            with archive.open(entry, "w", force_zip64=True) as file:
                np.lib.format.write_array(file, array, allow_pickle=False)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise UsageError(f"cannot write {path}: {problem.strerror or problem}") from problem
