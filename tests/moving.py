"""Systems with moving volumes, made by hand, and cells of them: what tests of amounts start from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from iondsl import pipeline
from iondsl.describe import describe, unit_texts
from iondsl.elaborate.draft import binary, name, negative, number, total
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.syntax import Expression
from iondsl.system import Formula, Kind, Quantity, Store, System
from tests.elaborate.systems import meaning, named
from tests.targets.kernels import build

# Two spaces and a flux between them: `a` breathes with time, `b` takes what `a` leaves of the whole.
BREATHING = """
part a:
    state volume = 2 [um^3]
    volume' = 0.6 [um^3/ms] * cos(0.5 [1/ms] * t)
    state Na = 10 [mM]
    Na' = 0 [mM/ms]
part b:
    state volume = whole - a.volume
    volume' = 0 [um^3/ms]
    state Na = 2 [mM]
    Na' = 0 [mM/ms]
param whole = 9 [um^3]
J [mM*um^3/ms] = 0.3 [um^3/ms] * (a.Na - b.Na)
rest [um^3] = whole - a.volume
gate m = 0.9:
    inf = 0.2
    tau = 4 [ms]
protocol hold:
    clamp a.Na = steps(10 [mM], 2 [ms], 4 [mM])
"""

# A cell in osmotic balance with a bath: two pools that leak, and a volume that follows from what they hold.
OSMOTIC = """
input bath = 100 [mM]
param fixed = 50 [mM*um^3]
part cell:
    state volume = 1 [um^3]
    volume' = 0 [um^3/ms]
    state Na = 10 [mM]
    Na' = 0 [mM/ms]
    state K = 40 [mM]
    K' = 0 [mM/ms]
J_Na [mM*um^3/ms] = 0.2 [um^3/ms] * (30 [mM] - cell.Na) * (1 + 0.5 * sin(1 [1/ms] * t))
J_K [mM*um^3/ms] = 0.1 [um^3/ms] * (5 [mM] - cell.K)
protocol dilution:
    bath = steps(100 [mM], 3 [ms], 60 [mM])
protocol wave:
    bath = 100 [mM] + sine(start = 0 [ms], width = 100 [ms], amplitude = 30 [mM], frequency = 0.2 [1/ms])
protocol hold:
    clamp cell.Na = 10 [mM]
protocol hold_volume:
    clamp cell.volume = 1 [um^3]
"""


# Two pools in a volume that follows from a parameter alone, and nothing flows.
RESTING = """
param room = 7.9 [um^3]
part cell:
    state volume = room
    volume' = 0 [um^3/ms]
    state Na = 7.7 [mM]
    Na' = 0 [mM/ms]
    state K = 150 [mM]
    K' = 0 [mM/ms]
"""


def breathing() -> System:
    """Closed: what leaves `a.Na` enters `b.Na`."""
    system = replace(meaning(BREATHING), name="breathing")
    system = following(system, "b.volume", name("rest", system.time.span))
    system = pool(system, "a.Na", "a.volume", negative(name("J", system.time.span)))
    return pool(system, "b.Na", "b.volume", name("J", system.time.span))


def osmotic() -> System:
    """volume = (fixed + Na.amount + K.amount) / bath."""
    system = replace(meaning(OSMOTIC), name="osmotic")
    where = system.time.span
    contents = total([name(each, where) for each in ("fixed", "cell.Na.amount", "cell.K.amount")])
    system = following(system, "cell.volume", binary("/", contents, name("bath", where)))
    system = pool(system, "cell.Na", "cell.volume", name("J_Na", where))
    return pool(system, "cell.K", "cell.volume", name("J_K", where))


def resting() -> System:
    """Nothing changes."""
    system = replace(meaning(RESTING), name="resting")
    nothing = number("0", system.time.span)
    system = following(system, "cell.volume", name("room", system.time.span))
    return pool(pool(system, "cell.Na", "cell.volume", nothing), "cell.K", "cell.volume", nothing)


def pool(system: System, concentration: str, size: str, booked: Expression) -> System:
    """The System with a state's amount integrated instead, by what is booked on it."""
    state, space = named(system, concentration), named(system, size)
    assert state.unit is not None
    assert space.unit is not None
    amount = f"{concentration}.amount"
    content = derived(binary("*", name(concentration, state.span), name(size, state.span)), "amount")
    rate = derived(booked, f"booked on {concentration}")
    unit = state.unit * space.unit
    added = Quantity(amount, Kind.AMOUNT, unit, content, state.span, rate, "amount", state.block)
    kept = replace(state, rate=None, store=Store(amount, size))
    return replace(system, quantities=(*others(system, kept), added))


def following(system: System, size: str, right: Expression, start: Expression | None = None) -> System:
    """The System with a size that has an equation, not a derivative, and perhaps another value at the start."""
    state = replace(named(system, size), rate=None, follows=derived(right))
    kept = state if start is None else replace(state, value=derived(start))
    return replace(system, quantities=others(system, kept))


def others(system: System, changed: Quantity) -> tuple[Quantity, ...]:
    return tuple(changed if each.name == changed.name else each for each in system.quantities)


def derived(right: Expression, origin: str = "") -> Formula:
    return Formula(right, right, origin)


def compiled(system: System, folder: Path, options: Options) -> Cell:
    """A cell of a System that no text gives, with its variants."""
    step = pipeline.step_of(pipeline.model_of(system), options)
    own = folder / "_".join(("held", *options.held))
    own.mkdir(exist_ok=True)
    module = build(options.target, step, options, own, unit_texts(system))
    manifest = describe(system, step, options)
    return Cell(manifest, module, lambda held, varied: compiled(system, folder, replace(options, held=held)))
