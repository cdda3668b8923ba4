"""Where does the time of a cold compilation go?"""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.contest import Effort
from benchmarks.processes import prepared_cache, python
from benchmarks.questions.compile_time import LARGE, OTHER, SMALL
from benchmarks.table import Row

PROGRAM = """
import json, sys, time

found, begin = {}, time.perf_counter()

def until_now(name):
    global begin
    now = time.perf_counter()
    found[name] = now - begin
    begin = now

from iondsl import pipeline
from iondsl.options import Options
source, options = pipeline.source_of(sys.argv[1]), Options()
until_now("imports")
system = pipeline.resolve(source)
until_now("text to System, with all checks and proofs")
import sympy
until_now("import of SymPy")
step = pipeline.step_of(pipeline.model_of(system), options)
until_now("System to Step, with all passes")
from iondsl import targets
from iondsl.build.library import library
from iondsl.cache.store import locate
from iondsl.describe import unit_texts
target, units = targets.load("c", reads="step"), unit_texts(system)
text = target.generate(step, options, units)
driver = target.driver(step, options, units, text)
until_now("Step to C")
library(text, driver, system.name, options, locate())
until_now("C compiler")
print(json.dumps(found))
"""


def rows(effort: Effort) -> Iterator[Row]:
    for model in (SMALL, LARGE):
        with prepared_cache(OTHER) as cache:
            found = json.loads(python("-c", PROGRAM, model, cache=cache))
        for stage, seconds in found.items():
            yield Row(f"{model}: {stage}", "", seconds, unit=" s")
