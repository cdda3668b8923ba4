"""A foreign model in double precision, without iondsl: Myokit reads the file and writes its right side as Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import myokit
import numpy as np
from myokit.formats.python import PythonExpressionWriter

from iondsl.simulate.kernel import Array
from tests.parity import exact, points

Rates = Callable[[float, Sequence[float], float], list[float]]


@dataclass(frozen=True, slots=True)
class Source:
    """`rates(time, state, pace)` are the derivatives of `states`; `potential` is the row of V, if there is one.

    `events` are those of the file's protocol, `millisecond` is one in its unit of time; `ordered`: the file
    itself orders the states, as CellML does not.
    """

    model: myokit.Model
    states: tuple[str, ...]
    start: Array
    potential: int | None
    rates: Rates
    events: tuple[myokit.ProtocolEvent, ...]
    millisecond: float
    ordered: bool

    @property
    def paced(self) -> str:
        """The name of the variable that is bound to pacing, without its component; empty if none is."""
        variable = self.model.binding("pace")
        return "" if variable is None else str(variable.name())

    def pace(self, time: float) -> float:
        return sum((float(event.level()) for event in self.events if is_on(event, time)), 0.0)

    @property
    def reads_time(self) -> bool:
        """Whether a right side depends on time itself."""
        time = self.model.time()
        return time is not None and any(True for _ in time.refs_by())


def is_on(event: myokit.ProtocolEvent, time: float) -> bool:
    since, period, count = time - event.start(), event.period(), event.multiplier()
    if period > 0 and since >= 0:
        number = min(since // period, count - 1 if count else math.inf)
        since -= number * period
    return bool(0 <= since < event.duration())


def source(path: str | Path) -> Source:
    model = exact.read(path)
    states = tuple(state.qname() for state in model.states())
    start = np.array([float(value) for value in exact.initial_state(model).values()])
    potentials = [bool(points.potential_unit(state, value)) for state, value in zip(model.states(), start, strict=True)]
    labelled = model.label("membrane_potential")
    row = states.index(labelled.qname()) if labelled is not None and labelled.is_state() else None
    if row is None and any(potentials):
        row = potentials.index(True)
    in_order = not str(path).endswith(".cellml")
    return Source(model, states, start, row, compiled(model), events(path), millisecond(model), in_order)


def events(path: str | Path) -> tuple[myokit.ProtocolEvent, ...]:
    """Those that have a level."""
    if str(path).endswith(".cellml"):
        return ()
    _, protocol, _ = myokit.load(exact.place(path))
    return () if protocol is None else tuple(event for event in protocol.events() if event.level())


def millisecond(model: myokit.Model) -> float:
    unit = model.time_unit()
    return 1e-3 if unit == myokit.units.s else 1.0


def compiled(model: myokit.Model) -> Rates:
    """The right side as one Python function, in the order in which Myokit can solve it."""
    names = {variable: f"v{number}" for number, variable in enumerate(model.variables(deep=True))}
    writer = Writer()
    writer.set_lhs_function(lambda left: called(left, names))
    given = [names[state] for state in model.states()]
    rates = [called(state.lhs(), names) for state in model.states()]
    outside = {names[v]: word for word in ("time", "pace") if (v := model.binding(word)) is not None}
    lines = [f"{', '.join(given)}, = state", *(f"{name} = {word}" for name, word in outside.items())]
    lines += [
        f"{called(equation.lhs, names)} = {writer.ex(equation.rhs)}"
        for equations in model.solvable_order().values()
        for equation in equations
        if called(equation.lhs, names) not in outside
    ]
    text = "\n    ".join(["def rates(time, state, pace):", *lines, f"return [{', '.join(rates)}]"])
    scope: dict[str, Any] = {"math": LIBRARY}
    exec(text, scope)  # noqa: S102 - written by Myokit's expression writer, from a model that it has parsed
    found: Rates = scope["rates"]
    return found


class Writer(PythonExpressionWriter):  # type: ignore[misc] # Myokit is not typed
    """Python's arithmetic as in C: what is divided by 0 is infinite, or NaN."""

    def _ex_divide(self, e: Any) -> str:
        return f"math.over({self.ex(e[0])}, {self.ex(e[1])})"

    def _ex_power(self, e: Any) -> str:
        return f"math.power({self.ex(e[0])}, {self.ex(e[1])})"


def over(a: float, b: float) -> float:
    if b == 0:
        return math.copysign(math.inf, a) if a else math.nan
    return a / b


def power(a: float, b: float) -> float:
    return math.inf if a == 0 and b < 0 else a**b


def called(left: Any, names: dict[Any, str]) -> str:
    name = names[left.var()]
    return f"d{name}" if isinstance(left, myokit.Derivative) else name


def exp(x: float) -> float:
    return math.exp(x) if x < 709 else math.inf


LIBRARY = SimpleNamespace(**{**vars(math), "exp": exp, "over": over, "power": power})


def edges(found: Iterable[myokit.ProtocolEvent], until: float) -> set[float]:
    """The times in (0, until) at which an event begins or ends."""
    times = set()
    for event in found:
        period, count = event.period(), event.multiplier()
        repeats = math.ceil((until - event.start()) / period) if period > 0 else 1
        for number in range(min(repeats, count) if count else repeats):
            begin = event.start() + number * period
            times |= {begin, begin + event.duration()}
    return {time for time in times if 0 < time < until}
