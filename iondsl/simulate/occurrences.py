"""When events happened, in a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from iondsl.errors import UsageError
from iondsl.simulate import files
from iondsl.simulate.kernel import Array, Integers
from iondsl.simulate.names import unknown


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """One event, in order of time: `times`, in the model's unit of time, and the numbers of its `cells`.

    Both are (occurrences,) and cannot be written to.
    """

    name: str
    times: Array
    cells: Integers

    def __post_init__(self) -> None:
        self.times.flags.writeable = self.cells.flags.writeable = False

    def __len__(self) -> int:
        return len(self.times)

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self)} times>"

    def of(self, cell: int) -> Array:
        """The times at which it happened in one cell."""
        times: Array = self.times[self.cells == cell]
        return times


class Events(Mapping[str, Occurrences]):
    """The events of a model by name, in the order of the file; one that did not happen is there and empty."""

    def __init__(self, found: Mapping[str, Occurrences], time_unit: str) -> None:
        self._found = dict(found)
        self._time_unit = time_unit

    def __getitem__(self, name: str) -> Occurrences:
        """Raises UsageError for an event that the model does not have."""
        if name not in self._found:
            raise UsageError(unknown("event", name, self._found))
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return f"<Events {', '.join(f'{name}: {len(each)}' for name, each in self._found.items())}>"

    def to_csv(self, path: str | Path) -> None:
        """Write `time [ms],event,cell`, all events in order of time.

        Raises UsageError where `path` cannot be written.
        """
        times = np.concatenate([np.empty(0), *(each.times for each in self.values())])
        cells = np.concatenate([np.empty(0, np.int64), *(each.cells for each in self.values())])
        names = [each.name for each in self.values() for _ in each.times]
        rows = [(float(times[k]), names[k], int(cells[k])) for k in np.argsort(times, kind="stable")]
        files.write_rows(Path(path), (files.heading("time", self._time_unit), "event", "cell"), rows)
