"""The check of units beside parsing: a generated model of gates and currents."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.contest import Effort
from benchmarks.measure import interleaved
from benchmarks.table import Row, number
from iondsl import pipeline
from iondsl.constants import CONSTANTS
from iondsl.inference import Equation, Rules, infer
from iondsl.parser import parse
from iondsl.source import Source
from iondsl.syntax import Expression
from iondsl.system import System

CURRENTS = 100

HEAD = """model many_currents:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
"""

CURRENT = """current I_{0}:
    param g = 120 [mS/cm^2]
    param E = 50 [mV]
    gate m:
        alpha = 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10))
        beta = 4 * exp(-(V + 65) / 18)
    gate h:
        inf = 1 / (1 + exp((V + 62) / 7))
        tau = 0.5 + 14 / (1 + exp((V + 40) / 12)) + 0.1 * {0}
    block = 1 / (1 + (0.5 [mM] / (1 [mM] + {0} * 0.1 [mM]))^2)
    I = g * m^3 * h * block * (V - E)
"""


def rows(effort: Effort) -> Iterator[Row]:
    """Each stage over parsing beside it; the rates are seconds per 1,000 equations, derived ones among them."""
    source = Source("many_currents", HEAD + "".join(CURRENT.format(count) for count in range(CURRENTS)))
    equations = equations_of(pipeline.resolve(source))
    stages: dict[str, Callable[[], object]] = {
        "parsing": lambda: parse(source),
        "units": lambda: [infer(equation, value, rules) for equation, value, rules in equations],
        "everything that `check` does": lambda: pipeline.examine(source),
    }
    timings = interleaved(stages, effort.long_rounds)
    for name, timing in timings.items():
        ratio = timings["parsing"].times_faster_than(timing)
        text = f"{number(1000 * timing.per(len(equations)).median)} s per 1,000 equations"
        yield Row(f"{name}, {len(equations)} equations", "parsing", ratio, rates=text)


def equations_of(system: System) -> list[tuple[Equation, Expression, Rules]]:
    """Every right side of a model in which all units are known, and what it is to be measured in."""
    units = {each.name: each.unit for each in (system.time, *system.quantities)}
    units |= {symbol: each.unit for symbol, each in CONSTANTS.items()}
    rates = {f"{each.name}'": each.unit / system.time.unit for each in system.states if each.unit and system.time.unit}
    rules = Rules((units | rates).get, frozenset(CONSTANTS))
    values = [(each.name, each.unit, each.value) for each in system.equations]
    values += [(f"{each.name}'", rates.get(f"{each.name}'"), each.rate) for each in system.states]
    return [
        (Equation(name, unit, derived=bool(side.origin)), side.expanded, rules)
        for name, unit, side in values
        if side is not None
    ]
