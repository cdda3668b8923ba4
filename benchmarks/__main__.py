"""`python -m benchmarks`: the table of docs/performance.md."""

from __future__ import annotations

import platform

from benchmarks import commands, units
from benchmarks.populations import CELLS, Row, compare
from iondsl.doctor import examine

MODELS = ("hodgkin_huxley_1952", "luo_rudy_1991")
FACTS = ("cython", "numpy", "C compiler", "SIMD")


def main() -> None:
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    for fact in examine():
        if fact.name.startswith(FACTS):
            print(f"  {fact.name}: {fact.value}")
    print(f"\n{CELLS} cells, rush_larsen, float64: million cell-steps per second, times as fast as NumPy beside it\n")
    for model in MODELS:
        for row in compare(model):
            print(line(row))
    print("\nwhole processes, median seconds\n")
    for command, timing in commands.measure().items():
        print(f"{command:50} {timing.median:6.2f}")
    check = units.measure()
    print("\nseconds per 1,000 equations, and times as long as parsing beside it\n")
    for stage, timing in check.stages.items():
        ratio = check.stages["parse"].times_faster_than(timing)
        print(f"{stage:50} {1000 * timing.per(check.equations).median:6.2f} {ratio:6.1f}x")


def line(row: Row) -> str:
    return f"{row.model:24} {row.kernel:20} {row.rate:8.1f} {row.ratio:6.1f}x"


if __name__ == "__main__":
    main()
