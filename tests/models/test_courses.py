"""The bundled models with moving concentrations run the published courses, and lose no ion on the way."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import iondsl
from tests.reference import golden_pools, hubel_dahlem_2014, kay_2017
from tests.reference.models import Array
from tests.reference.numerics import crossings
from tests.reference.waves import course_of_wave, repolarisation

WAVES = {"ischemia": golden_pools.PUMP_OFF, "kick": golden_pools.STIMULATED}


@cache
def compiled(name: str) -> iondsl.Cell:
    return iondsl.load(name).compile(scheme="rk4", target="c")


@pytest.mark.slow
def test_cressman_bursts() -> None:
    result = compiled("cressman_2009").run(until=100e3, dt=0.01, record=("V", "K.o"), every=0.5)
    spikes = len(crossings(result.time, result["V"][:, 0]))
    assert spikes == pytest.approx(golden_pools.CRESSMAN_SPIKES, rel=golden_pools.CRESSMAN_SPIKES_WITHIN)
    second_half = result["K.o"][result.time > 50e3]
    assert (second_half.min(), second_half.max()) == pytest.approx(golden_pools.CRESSMAN_K_O, abs=0.006)


def spreading_depression(protocol: str, until: float, dt: float) -> iondsl.Result:
    record = ("V", "K.o", "K.i", "KB", "Na.i", "Na.o", "Cl.i", "Cl.o")
    cell = compiled("hubel_dahlem_2014")
    return cell.run(until=until, dt=dt, protocol=protocol, record=record, every=10.0)


@pytest.mark.parametrize("protocol", WAVES)
def test_spreading_depression(protocol: str) -> None:
    wave, result = WAVES[protocol], spreading_depression(protocol, 130e3, dt=0.05)
    time, V = result.time / 1000, result["V"][:, 0]
    assert course_of_wave(time, V, result["K.o"][:, 0]) == pytest.approx(wave[:-1], abs=0.01)
    assert 0 < repolarisation(time, V) - wave.unstable < golden_pools.REPOLARISED_WITHIN


@pytest.mark.slow
@pytest.mark.parametrize("protocol", WAVES)
def test_recovery_from_spreading_depression(protocol: str) -> None:
    wave, result = WAVES[protocol], spreading_depression(protocol, 500e3, dt=0.04)
    V, K_o, K_i, KB = (result[name][:, 0] for name in ("V", "K.o", "K.i", "KB"))
    assert course_of_wave(result.time / 1000, V, K_o) == pytest.approx(wave[:-1], abs=0.005)
    assert KB.max() == pytest.approx(golden_pools.BUFFERED[0], abs=golden_pools.BUFFERED[1])
    for value, (expected, within) in zip((V, K_o, K_i, KB), golden_pools.AT_500_S, strict=True):
        assert value[-1] == pytest.approx(expected, abs=within)


def test_spreading_depression_loses_no_ion() -> None:
    result = spreading_depression("kick", 40e3, dt=0.05)
    i, o = hubel_dahlem_2014.VOLUME_I, hubel_dahlem_2014.VOLUME_O
    K = i * result["K.i"] + o * (result["K.o"] + result["KB"])
    Cl = i * result["Cl.i"] + o * result["Cl.o"]
    Na = i * result["Na.i"] + o * result["Na.o"]
    for amount in (K, Cl, Na):
        assert np.ptp(amount) <= 1e-12 * amount[0, 0]
    charge = i * (result["Na.i"] + result["K.i"] - result["Cl.i"])
    on_membrane = hubel_dahlem_2014.CURRENT_TO_AMOUNT * result["V"]
    assert np.ptp(charge - on_membrane) <= 1e-12 * charge[0, 0]


def pump_and_leak() -> tuple[Array, Array]:
    """Times in s and states of the pump-leak model, whose pump stops after 5000 s, for twice as long."""
    cell = compiled("kay_2017")
    names = [state.name for state in cell.states]
    result = cell.run(until=10e6, dt=4.0, protocol="stop", record=names, every=4000.0)
    return result.time / 1000, np.array([result[name][:, 0] for name in names])


def test_pump_and_leak() -> None:
    time, (V, volume, *inside) = pump_and_leak()
    for until, values, swollen in (
        (5e3, golden_pools.PUMPING, golden_pools.PUMPING_VOLUME),
        (10e3, golden_pools.RESTING, golden_pools.RESTING_VOLUME),
    ):
        at = int(np.searchsorted(time, until - 1e-6))
        assert [V[at], *(each[at] for each in inside)] == pytest.approx(values, abs=0.001)
        assert volume[at] / kay_2017.VOLUME == pytest.approx(swollen, abs=1e-5)


def test_pump_and_leak_keep_amounts_and_charge() -> None:
    _, (V, volume, Na, K, Cl, X) = pump_and_leak()
    impermeant = X * volume
    assert np.ptp(impermeant) <= 1e-12 * impermeant[0]
    charge = (Na + K - Cl - X) * volume
    assert np.ptp(charge - kay_2017.CAPACITANCE * V) <= 1e-12 * impermeant[0]


def test_the_pump_balances_the_osmotic_pressure() -> None:
    cell = compiled("kay_2017")
    V, volume, *inside = cell.run(until=20e6, dt=4.0, record=()).state[:, 0]
    expected = kay_2017.steady_state()
    assert [V, volume, *inside] == pytest.approx([*expected[:2], *expected[2:] / expected[1]], rel=1e-9)
    assert sum(inside) == pytest.approx(kay_2017.OSMOLARITY, rel=1e-10)
