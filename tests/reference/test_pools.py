"""The oracles with moving concentrations give the numbers that they are there to check."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from tests.reference import golden_pools as golden
from tests.reference import kay_2017 as kay
from tests.reference.cressman_2009 import RT_F_36, RT_F_PRINTED, START, cressman_2009
from tests.reference.hubel_dahlem_2014 import START as AT_REST
from tests.reference.hubel_dahlem_2014 import START_AS_CODED, as_coded, completed, hubel_dahlem_2014
from tests.reference.integration import course, pieces
from tests.reference.models import Array
from tests.reference.numerics import crossings
from tests.reference.waves import course_of_wave, repolarisation

PUMP_OFF = ((20e3, 0.0, 1.0), (9.5e3, 0.0, 0.0), (470.5e3, 0.0, 1.0))  # ms, uA/cm^2, share of the pump
STIMULATED = ((20e3, 0.0, 1.0), (0.5e3, 100.0, 1.0), (479.5e3, 0.0, 1.0))


@pytest.mark.slow
@pytest.mark.parametrize("RT_F", [RT_F_PRINTED, RT_F_36])
def test_cressman_bursts(RT_F: float) -> None:
    time = np.arange(0, 100e3, 0.25)
    V, _, K_o, *_ = course(partial(cressman_2009, RT_F=RT_F), START, time, rtol=1e-7)
    spikes = len(crossings(time, V))
    assert spikes == pytest.approx(golden.CRESSMAN_SPIKES, rel=golden.CRESSMAN_SPIKES_WITHIN)
    second_half = K_o[time > 50e3]
    assert (second_half.min(), second_half.max()) == pytest.approx(golden.CRESSMAN_K_O, abs=0.006)


def test_hubel_dahlem_rests() -> None:
    after = course(hubel_dahlem_2014, AT_REST, np.array([0, 10e3]))[:, -1]
    assert after == pytest.approx(AT_REST, abs=0.005)


def in_full(state: Array) -> Array:
    return state


@pytest.mark.slow
@pytest.mark.parametrize(("trigger", "wave"), [(PUMP_OFF, golden.PUMP_OFF), (STIMULATED, golden.STIMULATED)])
@pytest.mark.parametrize(
    ("rates", "start", "states"), [(as_coded, START_AS_CODED, completed), (hubel_dahlem_2014, AT_REST, in_full)]
)
def test_spreading_depression(
    rates: Callable[..., Array],
    start: Array,
    states: Callable[[Array], Array],
    trigger: tuple[tuple[float, float, float], ...],
    wave: golden.Wave,
) -> None:
    time, found = pieces(rates, start, trigger, every=10.0)
    V, _, _, K_i, K_o, _, _, _, KB = states(found)
    assert course_of_wave(time / 1000, V, K_o) == pytest.approx(wave[:-1], abs=0.005)
    assert 0 < repolarisation(time / 1000, V) - wave.unstable < golden.REPOLARISED_WITHIN
    assert KB.max() == pytest.approx(golden.BUFFERED[0], abs=golden.BUFFERED[1])
    for value, (expected, within) in zip((V, K_o, K_i, KB), golden.AT_500_S, strict=True):
        assert value[-1] == pytest.approx(expected, abs=within)


def test_all_or_none() -> None:
    trigger = ((golden.TOO_SHORT * 1000, 0.0, 0.0), (30e3, 0.0, 1.0))
    _, found = pieces(hubel_dahlem_2014, AT_REST, trigger, every=10.0)
    K_o = found[4]
    assert K_o.max() == pytest.approx(golden.PEAK_OF_TOO_SHORT, abs=0.01)
    assert K_o[-1] == pytest.approx(AT_REST[4], abs=0.05)


def test_pump_and_leak() -> None:
    _, found = pieces(kay.kay_2017, kay.START, ((5e3, 0.0, 1.0), (5e3, 0.0, 0.0)), every=10.0)
    for state, values, volume in (
        (found[:, 500], golden.PUMPING, golden.PUMPING_VOLUME),
        (found[:, -1], golden.RESTING, golden.RESTING_VOLUME),
    ):
        assert [state[0], *state[2:] / state[1]] == pytest.approx(values, abs=0.001)
        assert state[1] / kay.VOLUME == pytest.approx(volume, abs=1e-5)


def test_pump_and_leak_reach_osmotic_balance() -> None:
    end = course(kay.kay_2017, kay.START, np.array([0, 20e3]))[:, -1]
    assert end == pytest.approx(kay.steady_state(), rel=1e-9)
    assert end[2:].sum() / end[1] == pytest.approx(kay.OSMOLARITY, rel=1e-10)
    assert end[0] == pytest.approx(kay.neutral_potential(), abs=0.002)


def test_a_cell_swells_without_its_pump() -> None:
    pumped = kay.steady_state()
    volume = course(partial(kay.kay_2017, pump_on=0.0), pumped, np.linspace(0, 20e3, 101))[1]
    assert np.all(np.diff(volume) > 0)
    assert volume[-1] > 3.9 * volume[0]


def test_charge_is_what_the_membrane_holds() -> None:
    found = course(kay.kay_2017, kay.START, np.linspace(0, 5e3, 51))
    assert kay.charge(found) == pytest.approx(kay.CAPACITANCE * found[0], abs=1e-9 * found[-1, 0])
    assert np.all(found[-1] == found[-1, 0])
