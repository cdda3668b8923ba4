"""Volumes that move: amounts in the place of concentrations, sizes that follow, and what they start from."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl import pipeline
from iondsl.formatter import text
from iondsl.source import Source
from iondsl.system import Kind, Store
from iondsl.units import read_unit
from tests.elaborate.exact import FARADAY, exact
from tests.elaborate.systems import formula, meaning, named, of_kind, units

MODEL = """
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
    area = 922 [um^2]
space i:
    {size}
ion K:
    z = +1
    state i = 140 [mM]
current I_K carries K:
    I = 1 [uA/cm^2]
"""

STATE = "state volume = 2160 [um^3]\n    volume' = 0.1 [um^3/ms]"
OSMOTIC = "volume [um^3] = (K.i * i.volume + 300 [amol]) / 300 [mM]\n    initial volume = 2 [pL]"


def test_a_state() -> None:
    system = meaning(MODEL.format(size=STATE))
    concentration, amount = named(system, "K.i"), named(system, "K.i.amount")
    assert (concentration.kind, concentration.rate) == (Kind.STATE, None)
    assert concentration.store == Store("K.i.amount", "i.volume")
    assert (amount.kind, units(system)["K.i.amount"]) == (Kind.AMOUNT, "amol")
    assert text(formula(system, "K.i.amount").expanded) == "K.i * i.volume"
    assert named(system, "i.volume").follows is None
    assert of_kind(system, Kind.STATE) == ["V", "i.volume", "K.i"]


def test_the_amount_that_is_booked() -> None:
    """1 uA/cm^2 over 922 um^2 is 9.22 pA, and over F so many mol/s; 1e-15 mol/s are 1 amol/ms."""
    system = meaning(MODEL.format(size=STATE))
    assert exact(system, "K.i.amount'") == -Fraction("9.22e-12") / FARADAY * 10**15
    assert formula(system, "K.i.amount'").origin == "booked on K.i"
    assert "K.i.influx" not in units(system)


def test_influx_where_it_is_read() -> None:
    system = meaning(MODEL.format(size=STATE) + "x = influx(K.i)\n")
    assert exact(system, "x") == exact(system, "K.i.amount'") / 2160


@pytest.mark.parametrize("per", ["i", "o"])
def test_fluxes(per: str) -> None:
    lines = f"space o:\n    volume = 1000 [um^3]\nflux J_x carries K from o to i per {per}:\n    J = 2 [mM/ms]\n"
    without_current = MODEL.format(size=STATE).partition("current")[0]
    system = meaning(without_current + lines)
    assert exact(system, "K.i.amount'") == 2 * (2160 if per == "i" else 1000)


def test_depth() -> None:
    """An amount per membrane area."""
    system = meaning(MODEL.format(size="depth [um] = 1 [um] + 0.01 [um/mV] * V"))
    assert named(system, "K.i.amount").unit == read_unit("umol/m^2")
    assert named(system, "i.depth").follows is not None
    assert exact(system, "K.i.amount'") == -Fraction(1, 100) / FARADAY * 10**6 / 1000


def test_a_size_that_follows() -> None:
    system = meaning(MODEL.format(size=OSMOTIC))
    volume = named(system, "i.volume")
    assert (volume.kind, volume.rate) == (Kind.STATE, None)
    assert volume.follows is not None
    assert text(volume.follows.expanded) == "(K.i.amount + 300 [amol]) / 300 [mM]"
    assert exact(system, "i.volume") == 2000
    assert exact(system, "K.i.amount") == 280_000


@pytest.mark.parametrize(("unit", "factor"), [("mM", ""), ("uM", "1e-3 * ")])
def test_osmoles_and_charge_are_sums_of_amounts(unit: str, factor: str) -> None:
    size = "volume [um^3] = (osmoles(i) + 300 [amol]) / 300 [mM]\n    initial volume = 2 [pL]"
    system = meaning(MODEL.format(size=size).replace("140 [mM]", f"140 [{unit}]") + "q = charge(i)\n")
    volume = named(system, "i.volume")
    assert volume.follows is not None
    assert text(volume.follows.expanded) == f"({factor}K.i.amount + 300 [amol]) / 300 [mM]"
    assert text(formula(system, "q").expanded) == f"{factor}K.i.amount"


def test_without_initial_volume_it_starts_at_its_formula() -> None:
    system = meaning(MODEL.format(size="volume = 2000 [um^3] + 1 [um^3/mV] * V"))
    assert exact(system, "i.volume") == 1935


@pytest.mark.parametrize("size", ["volume = 3 [um^3] * t / 1 [ms]", "volume = v\ninput v = 3 [um^3]"])
def test_time_and_inputs_move_a_volume(size: str) -> None:
    assert named(meaning(MODEL.format(size=size)), "i.volume").follows is not None


@pytest.mark.parametrize("size", ["volume = 3 [um^3]", "param volume = 3 [um^3]", "volume = v\nparam v = 3 [um^3]"])
def test_what_is_constant_in_a_run_does_not_move(size: str) -> None:
    system = meaning(MODEL.format(size=size))
    assert named(system, "K.i").store is None
    assert system.of_kind(Kind.AMOUNT) == ()
    assert "K.i.amount" not in units(system)


def test_another_volume_of_the_same_pools_starts_from_the_first() -> None:
    lines = "space o:\n    volume = 3000 [um^3] - i.volume\n"
    system = meaning(MODEL.format(size=OSMOTIC).replace("    state i", "    state o = 4 [mM]\n    state i") + lines)
    assert exact(system, "o.volume") == 1000
    assert named(system, "K.o").store == Store("K.o.amount", "o.volume")


def test_a_written_equation_stands() -> None:
    lines = MODEL.format(size=STATE).replace("140 [mM]\n", "140 [mM]\n    i' = 3 [mM/ms]\n")
    system, findings = pipeline.examine(Source("lines.ion", f"model lines:\n{lines}"))
    assert [each.code for each in findings] == ["W302"]
    assert named(system, "K.i").store is None
    assert exact(system, "K.i'") == 3


@pytest.mark.parametrize(
    ("size", "codes"),
    [("input depth [um]", []), ("state depth = 1 [um]\n    depth' = 0.1 [um/ms]", ["W302"])],
)
def test_a_port_of_a_library_is_no_size_that_moves(size: str, codes: list[str]) -> None:
    lines = f"space i:\n    {size}\nion Ca:\n    z = +2\n    state i = 1e-4 [mM]\n    i' = -i / 80 [ms]\n"
    _, findings = pipeline.examine(Source("pool.ion", lines), library=True)
    assert [each.code for each in findings] == codes


@pytest.mark.parametrize("driven", ["temperature", "T"])
def test_a_volume_that_follows_a_driven_temperature(driven: str) -> None:
    """Any protocol of the model may be run, so amounts are kept in all runs."""
    system = meaning(
        "temperature = 310 [K]\n" + MODEL.format(size="volume = 2 [pL] * T / 310 [K]") + "protocol warm:\n"
        f"    {driven} = ramp(0 [ms], 100 [ms], 310 [K], 320 [K])\n"
    )
    assert named(system, "K.i").store == Store("K.i.amount", "i.volume")
    assert named(system, "i.volume").follows is not None


def test_a_volume_that_follows_a_temperature_that_nothing_drives() -> None:
    system = meaning("temperature = 310 [K]\n" + MODEL.format(size="volume = 2 [pL] * T / 310 [K]"))
    assert named(system, "K.i").store is None
