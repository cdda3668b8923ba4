"""How much memory does a large population need, over what it holds?

The most that a process ever had, over that of one which has loaded the same kernel and run one cell; counted are
states, parameters that vary per cell, and recorded samples.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.contest import Effort
from benchmarks.players import compiled
from benchmarks.processes import python
from benchmarks.questions.varied import CONDUCTANCES
from benchmarks.table import Row, at_most
from benchmarks.titles import TITLES, cells_of

MODEL = "luo_rudy_1991"
CELLS = (100_000, 1_000_000)
SAMPLES = 11

# VmHWM belongs to the program that runs; ru_maxrss would begin with what this process had when it started the other.
PROGRAM = f"""
import sys
import numpy as np
import iondsl

model, names, cells = sys.argv[1], sys.argv[2].split(), int(sys.argv[3])
cell = iondsl.load(model).compile()
defaults = {{each.name: each.default for each in cell.parameters}}
values = {{}}
for name in names:
    values[name] = np.linspace(0.9, 1.1, cells)
    values[name] *= defaults[name]
result = cell.run({SAMPLES - 1} * 0.1, 0.01, parameters=values, record=["V"], every=0.1)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def rows(effort: Effort) -> Iterator[Row]:
    names = CONDUCTANCES[MODEL]
    held = len(compiled(MODEL).states) + len(names) + SAMPLES
    peak(2)  # compiles the kernel, which is not to be measured
    alone = peak(1)
    for cells in CELLS:
        used = peak(cells) - alone
        subject = f"{TITLES[MODEL]}, memory, {cells_of(cells)}"
        text = f"{used / 1e6:.0f} MB of {held * 8 * cells / 1e6:.0f} MB"
        against = f"{len(names)} conductances per cell, {SAMPLES} samples of V"
        yield Row(subject, against, used / (held * 8 * cells), at_most(1.1), rates=text)


def peak(cells: int) -> int:
    """Bytes of resident memory, at most, of a run."""
    return 1024 * int(python("-c", PROGRAM, MODEL, " ".join(CONDUCTANCES[MODEL]), str(cells)))
