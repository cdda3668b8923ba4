"""For every gate that a scheme steps exactly: whether a polynomial may replace its exponential, or why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sympy import Add, Expr, Mul, Symbol, exp

from iondsl.algebra import negate, symbols_of
from iondsl.analysis.enclosure import enclosed
from iondsl.analysis.intervals import Interval, outward
from iondsl.analysis.relaxation import MAX_DEGREE, Relaxation, relaxation
from iondsl.assumed import Assumed, Range
from iondsl.passes._known import intervals, used_ranges
from iondsl.passes.live import keep
from iondsl.step import Step

# Of a gate, see `analysis/relaxation.py`; what is left of 1e-9 is for its rates, see `exp2.py`.
TOLERANCE = 9.9e-10


@dataclass(frozen=True, slots=True)
class Decay:
    """`inf + (x - inf) exp(slope dt)`, the exact step of the gate in a row of the states."""

    row: int
    gate: Symbol
    steady: Expr
    slope: Expr


@dataclass(frozen=True, slots=True)
class Proof:
    """`relaxation` is None where nothing was proven; then `reason` says why. `ranges` are what the proof uses."""

    decay: Decay
    relaxation: Relaxation | None
    reason: str
    ranges: tuple[Range, ...]


def proofs(step: Step, assumed: Assumed) -> Iterator[Proof]:
    """One per gate, in the order of the states."""
    known = intervals(step, assumed)
    for decay in decays(step):
        yield proof(step, decay, assumed.dt, known)


def decays(step: Step) -> Iterator[Decay]:
    definitions = {each.target: each.value for each in step.advance.body}
    for row, (gate, output) in enumerate(zip(step.states, step.advance.outputs, strict=True)):
        found = decay(row, gate, definitions.get(output, output), step.dt)
        if found is not None:
            yield found


def decay(row: int, gate: Symbol, new: Expr, dt: Symbol) -> Decay | None:
    """The parts of an exact step, as the exponential schemes write it."""
    if not (isinstance(new, Add) and len(new.args) == 2 and isinstance(new.args[1], Mul)):
        return None
    steady, (distance, *rest) = new.args[0], new.args[1].args
    if len(rest) != 1 or not isinstance(rest[0], exp) or distance.args != (gate, negate(steady)):
        return None
    exponent = rest[0].args[0]
    return Decay(row, gate, steady, exponent.args[0]) if exponent.args[1:] == (dt,) else None


def proof(step: Step, decay: Decay, dt: float, known: Mapping[Symbol, Interval]) -> Proof:
    behind = set(symbols_of(decay.slope))
    definitions = tuple((each.target, each.value) for each in keep(step.advance.body, behind))
    free = [name for symbol, name in leaves(step) if symbol in behind and symbol not in known]
    if free:
        return Proof(decay, None, f"its rate depends on {' and '.join(free)}, of which no range is known", ())
    used = [symbol for symbol in known if symbol in behind]
    cut = next((each for each in used if known[each].low < known[each].high and known[each].is_bounded), None)
    slope = enclosed(decay.slope, definitions, known, cut)
    if not slope.is_bounded or slope.high > 0:
        return Proof(decay, None, "nothing bounds its rate", ())
    width = outward(0.0, -dt * slope.low).high
    found = relaxation(width, TOLERANCE)
    if found is None:
        return Proof(decay, None, f"dt/tau may come to {width:.3g}, too much for degree {MAX_DEGREE}", ())
    return Proof(decay, found, "", tuple(used_ranges(step, used, known)))


def leaves(step: Step) -> Iterator[tuple[Symbol, str]]:
    """What a step starts from, by the names for a message."""
    yield from ((symbol, f"`{name}`") for symbol, name in zip(step.states, step.layout.states, strict=True))
    yield from ((each.symbol, f"`{step.layout.inputs[each.input]}`") for each in step.samples)
    yield step.time, "time"
