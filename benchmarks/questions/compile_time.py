"""How long does one wait for a kernel, and for a check? Whole commands, and a load inside a process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.contest import Effort
from benchmarks.measure import interleaved
from benchmarks.processes import compile_cold, prepared_cache, python
from benchmarks.table import Row, at_most

SMALL = "hodgkin_huxley_1952"
LARGE = "ohara_rudy_land_2017"  # 49 states, the most of all bundled models
OTHER = "morris_lecar_1981"
MOST = {SMALL: 2.5, LARGE: 6.0}

# As `iondsl run` does it, for somebody who has arrays already; `iondsl.load` reads and checks the model first.
LOAD = """
import sys, time
import iondsl, numpy
from iondsl import pipeline
from iondsl.options import Options
begin = time.perf_counter()
pipeline.cell_of(pipeline.source_of(sys.argv[1]), Options())
print(time.perf_counter() - begin)
"""


def rows(effort: Effort) -> Iterator[Row]:
    with prepared_cache(OTHER) as prepared:
        tasks = {model: partial(compile_cold, model, prepared) for model in MOST}
        for model, timing in interleaved(tasks, effort.long_rounds, uncounted=0).items():
            yield Row(f"`compile {model}`, cold", "", timing.median, at_most(MOST[model]), " s")
    for model in MOST:
        python("-c", LOAD, model)
        value = median(float(python("-c", LOAD, model)) for _ in range(effort.rounds))
        yield Row(f"loading {model}, warm", "", value, at_most(0.05), " s")
    for name, timing in interleaved(dict(commands()), effort.long_rounds).items():
        yield Row(name, "", timing.median, at_most(1.0) if LARGE in name else None, " s")


def commands() -> Iterator[tuple[str, Callable[[], object]]]:
    yield f"`check {LARGE}`", partial(python, "-m", "iondsl", "check", LARGE)
    trace = str(Path(tempfile.gettempdir()) / "iondsl-benchmark.csv")
    yield f"`run {SMALL}`, warm", partial(python, "-m", "iondsl", "run", SMALL, "--until", "100", "-o", trace)
    yield "a Python that does nothing", partial(python, "-c", "pass")
