"""Moving volumes: amounts are integrated, by every scheme and in both targets; users see concentrations."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from iondsl import plugins
from iondsl.elaborate.draft import binary, name, number
from iondsl.errors import NumericsError, UsageError
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.simulate.kernel import Array
from iondsl.system import System
from tests.moving import breathing, compiled, following, osmotic, resting
from tests.targets.kernels import TARGETS

SCHEMES = plugins.names("iondsl.schemes")
UNTIL = 6.0


def breathing_solution(t: float) -> Array:
    """a.volume, a.Na, b.volume, b.Na, m; the amounts by an integrator of another kind."""

    def volume(t: float) -> float:
        return 2 + 1.2 * float(np.sin(0.5 * t))

    def rate(t: float, y: Array) -> list[float]:
        flux = 0.3 * (y[0] / volume(t) - y[1] / (9 - volume(t)))
        return [-flux, flux]

    a, b = solve_ivp(rate, (0, t), [20.0, 14.0], method="DOP853", rtol=1e-12, atol=1e-12).y[:, -1]
    return np.array([volume(t), a / volume(t), 9 - volume(t), b / (9 - volume(t)), 0.2 + 0.7 * np.exp(-t / 4)])


def osmotic_solution(t: float, bath: Callable[[float], float] = lambda t: 100.0, first: float = 0.0) -> Array:
    """volume, Na, K; from `first` on the bath is as it is said to be, before that at 100 mM."""

    def volume(t: float, y: Array) -> float:
        return float(50 + y[0] + y[1]) / (bath(t) if t >= first else 100.0)

    def rate(t: float, y: Array) -> list[float]:
        Na, K = y / volume(t, y)
        return [0.2 * (30 - Na) * (1 + 0.5 * np.sin(t)), 0.1 * (5 - K)]

    y, begin = np.array([10.0, 40.0]), 0.0
    for end in (min(first, t), t):
        if end > begin:
            last = end if end == t else np.nextafter(end, 0)
            y = solve_ivp(rate, (begin, last), y, method="DOP853", rtol=1e-12, atol=1e-12).y[:, -1]
            begin = end
    return np.array([volume(t, y), *(y / volume(t, y))])


SYSTEMS: dict[str, tuple[Callable[[], System], Callable[[float], Array]]] = {
    "breathing": (breathing, breathing_solution),
    "osmotic": (osmotic, osmotic_solution),
}


def cell_of(system: System, folder: Path, scheme: str = "rk4", target: str = "numpy", dtype: str = "float64") -> Cell:
    return compiled(system, folder, Options(scheme, target, dtype))


def end(cell: Cell, dt: float, protocol: str | None = None) -> Array:
    state: Array = cell.run(until=UNTIL, dt=dt, record=(), protocol=protocol).state[:, 0]
    return state


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("case", SYSTEMS)
def test_against_another_integrator(case: str, target: str, tmp_path: Path) -> None:
    system, solution = SYSTEMS[case]
    found = end(cell_of(system(), tmp_path, target=target), 0.01)
    assert found == pytest.approx(solution(UNTIL), rel=1e-9)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("case", SYSTEMS)
def test_schemes_keep_their_order(case: str, scheme: str, tmp_path: Path) -> None:
    order = plugins.load("iondsl.schemes", scheme).ORDER
    cell = cell_of(SYSTEMS[case][0](), tmp_path, scheme)
    ends = [end(cell, dt) for dt in ((0.1, 0.05, 0.025) if order > 1 else (0.02, 0.01, 0.005))]
    coarse, fine = (np.abs(a - b).max() for a, b in pairwise(ends))
    assert np.log2(coarse / fine) == pytest.approx(order, abs=0.3)
    assert ends[-1] == pytest.approx(SYSTEMS[case][1](UNTIL), rel=0.02 if order == 1 else 1e-6)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("case", SYSTEMS)
def test_targets_agree(case: str, scheme: str, tmp_path: Path) -> None:
    cells = [cell_of(SYSTEMS[case][0](), tmp_path, scheme, target) for target in TARGETS]
    start = cells[0].initial_state(130) * np.linspace(0.9, 1.1, 130)
    plain, native = (cell.run(until=3, dt=0.01, record=(), state=start).state for cell in cells)
    np.testing.assert_allclose(native, plain, rtol=1e-12)
    alone = cells[1].run(until=3, dt=0.01, record=(), state=start[:, 7:8]).state
    np.testing.assert_allclose(alone[:, 0], native[:, 7], rtol=1e-13)


def test_single_precision(tmp_path: Path) -> None:
    wide, narrow = (end(cell_of(osmotic(), tmp_path, dtype=dtype), 0.01) for dtype in ("float64", "float32"))
    assert narrow.dtype == np.float32
    assert narrow == pytest.approx(wide, rel=1e-4)


def total(state: Array) -> float:
    """All that the breathing spaces hold."""
    return float(state[0, 0] * state[1, 0] + state[2, 0] * state[3, 0])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_lost(scheme: str, target: str, tmp_path: Path) -> None:
    cell = cell_of(breathing(), tmp_path, scheme, target)
    until = 20.0 if target == "numpy" else 2000.0
    assert total(cell.run(until=until, dt=0.02, record=()).state) == pytest.approx(34, rel=1e-13)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_lost_in_a_million_steps(scheme: str, tmp_path: Path) -> None:
    cell = cell_of(breathing(), tmp_path, scheme, "c")
    assert total(cell.run(until=20_000, dt=0.02, record=()).state) == pytest.approx(34, rel=1e-12)


@pytest.mark.parametrize("target", TARGETS)
def test_amounts_stay_where_nothing_flows(target: str, tmp_path: Path) -> None:
    """Taking amounts out of concentrations and putting them back must not creep."""
    cell = cell_of(resting(), tmp_path, "forward_euler", target)
    start = cell.initial_state()
    assert cell.run(until=200, dt=0.01, record=()).state == pytest.approx(start, rel=3e-16)


def test_rows_and_columns(tmp_path: Path) -> None:
    cell = cell_of(breathing(), tmp_path)
    rows = [(each.name, each.unit, each.kind) for each in cell.states]
    assert rows == [
        ("a.volume", "um^3", "state"),
        ("a.Na", "mM", "state"),
        ("b.volume", "um^3", "state"),
        ("b.Na", "mM", "state"),
        ("m", "1", "state"),
    ]
    observed = {each.name: (each.unit, each.kind) for each in cell.manifest.observables}
    assert observed["a.Na.amount"] == ("amol", "amount")
    assert observed["a.Na.amount'"] == ("amol/ms", "derivative")
    assert observed["a.Na'"] == ("mM/ms", "derivative")
    assert not {"b.Na'", "b.volume'", "a.Na", "b.volume"} & observed.keys()
    assert cell.initial_state()[:, 0].tolist() == [2.0, 10.0, 7.0, 2.0, 0.9]


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_observed(target: str, tmp_path: Path) -> None:
    cell = cell_of(breathing(), tmp_path, target=target)
    state = np.array([[2.5], [8.0], [6.5], [3.0], [0.5]])
    names = ("a.Na.amount", "b.Na.amount", "J", "a.Na.amount'", "b.Na.amount'", "a.volume'", "a.Na'", "a.Na")
    found = dict(zip(names, cell.evaluate(names, state, t=1.0)[:, 0], strict=True))
    assert found["a.Na.amount"] == 20
    assert found["b.Na.amount"] == 19.5
    assert found["a.Na.amount'"] == -found["J"] == -found["b.Na.amount'"] == pytest.approx(-1.5)
    assert found["a.volume'"] == pytest.approx(0.6 * np.cos(0.5))
    assert found["a.Na'"] == pytest.approx((-1.5 - 8 * found["a.volume'"]) / 2.5)
    assert found["a.Na"] == 8


def test_what_is_recorded_adds_up(tmp_path: Path) -> None:
    names = ("a.volume", "a.Na", "a.Na.amount", "b.volume", "b.Na", "b.Na.amount", "rest")
    result = cell_of(breathing(), tmp_path).run(until=UNTIL, dt=0.01, record=names)
    assert result["a.Na.amount"] == pytest.approx(result["a.Na"] * result["a.volume"])
    assert result["a.Na.amount"] + result["b.Na.amount"] == pytest.approx(34)
    assert result["b.volume"] == pytest.approx(result["rest"], rel=1e-15)
    assert result.units["a.Na.amount"] == "amol"


def test_a_concentration_in_a_derived_volume_has_no_derivative(tmp_path: Path) -> None:
    cell = cell_of(osmotic(), tmp_path)
    for derivative in ("cell.Na'", "cell.volume'"):
        with pytest.raises(UsageError) as caught:
            cell.evaluate([derivative])
        reason = "is not computed: where a size is a derived quantity, only amounts have derivatives"
        assert str(caught.value) == f"`{derivative}` {reason}"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_volume_follows_a_jump_and_what_is_in_it_stays(scheme: str, tmp_path: Path) -> None:
    cell = cell_of(osmotic(), tmp_path, scheme)
    names = ("cell.volume", "cell.Na.amount", "cell.K.amount")
    result = cell.run(until=4, dt=0.001, every=0.001, protocol="dilution", record=names)
    volume, Na, K = (result[each][:, 0] for each in names)
    bath = np.where(np.arange(len(volume)) <= 3000, 100, 60)
    assert volume == pytest.approx((50 + Na + K) / bath, rel=1e-14)
    assert np.abs(np.diff(Na)).max() < 0.01
    assert result.state[:, 0] == pytest.approx(osmotic_solution(4, lambda t: 60, 3), rel=1e-3)


def test_order_4_across_a_jump_and_under_a_wave(tmp_path: Path) -> None:
    cell = cell_of(osmotic(), tmp_path)
    jump = osmotic_solution(UNTIL, lambda t: 60, 3)
    wave = osmotic_solution(UNTIL, lambda t: 100 + 30 * float(np.sin(0.4 * np.pi * t)))
    for protocol, exact in (("dilution", jump), ("wave", wave)):
        coarse, fine = (np.abs(end(cell, dt, protocol) - exact).max() for dt in (0.1, 0.05))
        assert np.log2(coarse / fine) == pytest.approx(4, abs=0.3)
        assert fine < 1e-5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_derived_volume_is_that_of_the_end_of_a_step(scheme: str, tmp_path: Path) -> None:
    """Also where the scheme itself reads inputs at the start alone."""
    names = ("cell.volume", "cell.Na.amount", "cell.K.amount", "bath")
    result = cell_of(osmotic(), tmp_path, scheme).run(until=3, dt=0.01, protocol="wave", record=names)
    volume, Na, K, bath = (result[each][1:, 0] for each in names)
    assert np.ptp(bath) > 10
    assert volume == pytest.approx((50 + Na + K) / bath, rel=1e-13)


@pytest.mark.parametrize("scheme", ["rush_larsen", "exponential_euler"])
@pytest.mark.parametrize("dt", [0.01, 0.5])
def test_gates_stay_exact(scheme: str, dt: float, tmp_path: Path) -> None:
    result = cell_of(breathing(), tmp_path, scheme).run(until=5, dt=dt, every=0.5, record="m")
    assert result["m"][:, 0] == pytest.approx(0.2 + 0.7 * np.exp(-result.time / 4), rel=1e-12)


@pytest.mark.parametrize("target", TARGETS)
def test_a_clamped_concentration(target: str, tmp_path: Path) -> None:
    """Its amount follows; what flows into the other space does so from it."""
    cell = cell_of(breathing(), tmp_path, "forward_euler", target)
    names = ("a.Na", "a.Na.amount", "a.volume", "J", "b.Na", "b.Na.amount")
    result = cell.run(until=4, dt=0.001, every=0.001, protocol="hold", record=names)
    rows = {each: result[each][:, 0] for each in names}
    assert np.array_equal(rows["a.Na"], np.where(np.arange(4001) < 2000, 10, 4))
    assert rows["a.Na.amount"] == pytest.approx(rows["a.Na"] * rows["a.volume"])
    assert np.diff(rows["b.Na.amount"]) == pytest.approx(0.001 * rows["J"][:-1], rel=1e-9)


def test_a_clamped_concentration_can_be_released(tmp_path: Path) -> None:
    cell = cell_of(breathing(), tmp_path)
    clamped = cell.run(until=3, dt=0.01, protocol="hold", record=())
    before = total(clamped.state)
    free = cell.run(until=6, dt=0.01, state=clamped.state, t=3, record=())
    assert total(free.state) == pytest.approx(before, rel=1e-13)


def test_what_cannot_be_clamped(tmp_path: Path) -> None:
    cell = cell_of(osmotic(), tmp_path)
    with pytest.raises(UsageError) as caught:
        cell.run(until=1, protocol="hold_volume")
    assert str(caught.value) == "`cell.volume` cannot be clamped: it moves, and what is in it is integrated as amounts"
    with pytest.raises(UsageError) as caught:
        cell.run(until=1, protocol="hold")
    assert str(caught.value) == (
        "`cell.Na` cannot be clamped: `cell.volume` would then be defined by itself, "
        "`cell.volume` -> `cell.Na.amount` -> `cell.volume`"
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_run_in_parts_is_the_run_in_one(scheme: str, tmp_path: Path) -> None:
    cell = cell_of(osmotic(), tmp_path, scheme)
    whole = cell.run(until=6, dt=0.01, record=(), protocol="wave")
    part = cell.run(until=2, dt=0.01, record=(), protocol="wave")
    rest = cell.run(until=6, dt=0.01, record=(), protocol="wave", state=part.state, t=part.time[-1])
    assert np.array_equal(rest.state, whole.state)


def test_a_volume_that_vanishes_is_named_with_its_line(tmp_path: Path) -> None:
    """A volume that shrinks to nothing leaves an infinite concentration."""
    system = following(breathing(), "b.volume", number("0", breathing().time.span))
    with pytest.raises(NumericsError) as caught:
        cell_of(system, tmp_path, "forward_euler").run(until=1, dt=0.01)
    assert "lines.ion:" in str(caught.value)
    assert "`a.Na` is not finite" in str(caught.value)
    assert "state Na = 10 [mM]" in str(caught.value)


def test_the_initial_volume_may_depend_on_amounts(tmp_path: Path) -> None:
    """b begins with room for what a holds at 4 mM: 20 amol."""
    where = breathing().time.span
    start = binary("/", name("a.Na.amount", where), number("4", where))
    system = following(breathing(), "b.volume", name("rest", where), start)
    assert cell_of(system, tmp_path).initial_state()[:, 0].tolist() == [2.0, 10.0, 5.0, 2.0, 0.9]
