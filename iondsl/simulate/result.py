"""What a run gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from iondsl.errors import UsageError, suggestion
from iondsl.manifest import WaveTable
from iondsl.simulate import files
from iondsl.simulate.kernel import Array
from iondsl.simulate.occurrences import Events


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Result:
    """The recorded course of a run and where it ended.

    `time` is (samples,), in `time_unit`; its last entry is the time of `state`, (states, cells), always.
    Times in between are regular; the last is the run's end, whether or not a recording was due. `samples`
    holds, under the model's own names, arrays (samples, cells); `units` their units, empty where not known.
    `states` are the names of the rows of `state`. `variant` is that of the model. `drives` is what a protocol
    did. `stopped` is empty for a run that reached its end, and otherwise says why it did not. `seconds` were
    spent in the kernel, for `cell_steps` steps of one cell. `events` has the times and cells of each event of the
    model, by name.
    """

    time: Array
    samples: dict[str, Array]
    state: Array
    states: tuple[str, ...]
    units: dict[str, str]
    time_unit: str
    aliases: dict[str, str]
    protocol: str = ""
    variant: str = ""
    drives: tuple[WaveTable, ...] = ()
    stopped: str = ""
    seconds: float = 0.0
    cell_steps: int = 0
    events: Events = field(default_factory=lambda: Events({}, ""))

    def __repr__(self) -> str:
        recorded = ", ".join(self.names) or "nothing recorded"
        counts = f"{len(self.time)} times, {self.cells} cell{'s' * (self.cells > 1)}"
        return f"<Result {recorded}: {counts}{'; ' * bool(self.stopped)}{self.stopped}>"

    def __getitem__(self, name: str) -> Array:
        """(samples, cells) of a recorded quantity. Raises UsageError for one that was not recorded."""
        own = self.aliases.get(name, name)
        if own not in self.samples:
            near = suggestion(str(name), self.samples)  # result[0] is a slip, too
            raise UsageError(f"`{name}` was not recorded: {near or 'name it in `record`'}")
        return self.samples[own]

    def __contains__(self, name: object) -> bool:
        return self.aliases.get(str(name), name) in self.samples

    @property
    def names(self) -> tuple[str, ...]:
        """What was recorded, in the order in which it was asked for."""
        return tuple(self.samples)

    @property
    def cells(self) -> int:
        return int(self.state.shape[1])

    def to_csv(self, path: str | Path) -> None:
        """Write `time [ms],V [mV],...`, with several cells `V[0] [mV],V[1] [mV],...`.

        Every number is written so that reading it gives the same number. Raises UsageError where `path`
        cannot be written.
        """
        columns = [(files.heading("time", self.time_unit), self.time[:, None])]
        for name, values in self.samples.items():
            unit = self.units[name]
            for cell in range(self.cells):
                own = f"{name}[{cell}]" if self.cells > 1 else name
                columns.append((files.heading(own, unit), values[:, cell : cell + 1]))
        files.write_csv(Path(path), columns)

    def to_npz(self, path: str | Path) -> None:
        """Write an archive that `numpy.load` reads.

        It holds `time` (samples,), each recorded quantity under its name (samples, cells), `state` (states,
        cells), `states`, the names of its rows, and `units`, pairs of a name and its unit. An event `spike` has
        `spike.times` and `spike.cells`. A quantity that
        has one of these names itself gets a `_` behind it. Raises UsageError where `path` cannot be
        written.
        """
        units = [("time", self.time_unit), *((name, self.units[name]) for name in self.names)]
        states, texts = files.text(self.states), files.text(units)
        arrays = {"time": self.time, "state": self.state, "states": states, "units": texts}
        own = {f"{name}_" if name in arrays else name: values for name, values in self.samples.items()}
        for event in self.events.values():
            arrays |= {f"{event.name}.times": event.times, f"{event.name}.cells": event.cells}
        files.write_npz(Path(path), own | arrays)
