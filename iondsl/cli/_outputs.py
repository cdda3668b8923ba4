"""The files that a run writes: refused before it begins where they cannot be, saved also where it breaks down."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from iondsl.cli._paths import refusals
from iondsl.errors import UsageError
from iondsl.simulate.result import Result

TABLES = (".csv", ".npz")
LISTS = (".csv",)
PICTURES = (".png", ".pdf", ".svg")


@dataclass(frozen=True, slots=True)
class Outputs:
    """`table` is a CSV file or an archive of NumPy, `picture` a plot, `events` a CSV file."""

    table: Path | None
    picture: Path | None
    events: Path | None

    def refuse(self) -> None:
        """Raises UsageError with everything that could not be written after the run."""
        problems = [*refusals("-o", self.table, TABLES), *refusals("--plot", self.picture, PICTURES)]
        problems += refusals("--events", self.events, LISTS)
        if self.picture is not None and find_spec("matplotlib") is None:
            problems.append('--plot needs matplotlib: pip install "iondsl[plot]"')
        if problems:
            raise UsageError("\n".join(problems))

    def save(self, result: Result) -> tuple[Path, ...]:
        """The files that were written. Raises UsageError where one cannot be."""
        if self.table is not None:
            write = result.to_csv if self.table.suffix.lower() == ".csv" else result.to_npz
            write(self.table)
        if self.picture is not None:
            from iondsl.simulate.plot import save_plot

            save_plot(result, self.picture)
        if self.events is not None:
            result.events.to_csv(self.events)
        return tuple(path for path in (self.table, self.picture, self.events) if path is not None)

    def rescue(self, result: Result) -> str:
        """Save what was recorded before a run broke down; a line that says where it is."""
        end = f"{result.time[-1]:.10g} {result.time_unit}"
        try:
            written = self.save(result)
        except UsageError as problem:
            return f"what was recorded until {end} is lost: {problem}"
        if not written:
            return f"nothing was saved; -o FILE keeps what is recorded until then, {end}"
        return f"what was recorded until {end} is in {' and '.join(map(str, written))}"
