"""`initial(expr)`: constant states, computed with the other initial values and left alone by every scheme."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import iondsl
from iondsl.formatter import text
from iondsl.simulate.cell import Cell
from iondsl.system import Kind
from tests.elaborate.systems import meaning, named, units, valid
from tests.targets.kernels import TARGETS, needs_compiler

SCHEMES = ("forward_euler", "rush_larsen", "exponential_euler", "rk4")
STARTS = ("initial(K - Cl)", "initial(V)", "initial(2 * K)", "initial(size)")
MODEL = """\
model kept:
    "A cell in which one thing moves."
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
param begin = 10 [mM]
state K = begin
K' = -K / 3 [ms]
state Cl = 3 [mM]
Cl' = 0.1 [mM/ms]
anions = initial(K - Cl) - K + Cl
rise = V - initial(V)
function change(x) = x / initial(x) - 1
relative [1] = change(2 * K)
input size = 4 [mM]
kept_size = initial(initial(size))
current I_leak:
    I = 0.3 [mS/cm^2] * (V + 50)
protocol hold:
    clamp V = steps(-40 [mV], 1 [ms], 0 [mV])
"""
MOVING = """\
model swelling:
    "What is taken from a moving volume."
membrane:
    state V = 0 [mV]
    C = 100 [pF]
space i:
    state volume = 2000 [um^3]
    volume' = 10 [um^3/ms]
ion K:
    z = +1
    state i = 100 [mM]
total = initial(K.i * i.volume) / i.volume
swollen = i.volume / initial(i.volume)
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("models") / "kept.ion"
    found.write_text(MODEL, encoding="utf-8")
    return found


def cell_of(path: Path, target: str, scheme: str = "rush_larsen") -> Cell:
    if target == "c":
        needs_compiler()
    return iondsl.load(path).compile(target=target, scheme=scheme)


def test_states_stand_behind_all_others() -> None:
    system = valid("initial")
    names = [state.name for state in system.states]
    assert names[:5] == ["V", "ions.K", "ions.Cl", "ions.z", "I_leak.m"]
    assert sorted(names[5:]) == sorted(
        f"initial({each})"
        for each in (
            *("ions.K", "ions.Cl", "ions.K - ions.Cl", "ions.K + shift", "bath", "ions.K + 1"),
            *("ions.K'", "2 * ions.Cl", "V"),
        )
    )


def test_units_and_equations() -> None:
    system = meaning("state K = 10 [mM]\nK' = 0\na = 2 * initial(K / 1 [ms] + 1)\nb = initial(K / 1 [ms] + 1)\n")
    (name,) = [state.name for state in system.states if state.is_start]
    start = named(system, name)
    assert name == "initial(K / 1 [ms] + 1)"
    assert units(system)[name] == "mM/ms" == units(system)["a"]
    assert start.kind is Kind.STATE
    assert start.rate is not None
    assert start.value is not None
    assert (text(start.rate.expanded), text(start.value.written)) == ("0", "K / 1 [ms] + 1")


@pytest.mark.parametrize("target", TARGETS)
def test_values(path: Path, target: str) -> None:
    cell = cell_of(path, target)
    assert [state.name for state in cell.states] == ["V", "K", "Cl", *STARTS]
    assert cell.initial_state()[3:, 0].tolist() == [7.0, -65.0, 20.0, 4.0]
    names = ["V", "K", "Cl", "anions", "rise", "relative", "kept_size"]
    result = cell.run(until=2, dt=0.01, every=0.01, record=names, inputs={"size": 5})
    V, K, Cl, anions, rise, relative, size = (result[name][:, 0] for name in names)
    assert anions == pytest.approx(7 - K + Cl, rel=1e-14, abs=1e-14)
    assert rise == pytest.approx(V + 65, rel=1e-14, abs=1e-14)
    assert relative == pytest.approx(K / 10 - 1, rel=1e-14, abs=1e-14)
    assert size.tolist() == [5.0] * len(V)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_scheme_changes_a_bit(path: Path, scheme: str) -> None:
    cell = cell_of(path, "numpy", scheme)
    begin = cell.initial_state(3, parameters={"begin": [0.1, 1 / 3, 1e-300]})
    state = cell.run(until=3, dt=0.1, state=begin).state
    assert state[3:].tobytes() == begin[3:].tobytes()
    assert state[3].tolist() == [0.1 - 3, 1 / 3 - 3, -3.0]


def test_a_continued_run_keeps_the_first_start(path: Path) -> None:
    cell = cell_of(path, "numpy")
    first = cell.run(until=1, dt=0.1)
    second = cell.run(until=1, dt=0.1, t=1, state=first.state, record=["V", "rise"])
    assert second["rise"] == pytest.approx(second["V"] + 65, abs=1e-13)


def test_a_clamped_state_begins_as_it_is_declared(path: Path) -> None:
    result = cell_of(path, "numpy").run(until=2, dt=0.1, protocol="hold", record=["V", "rise"])
    assert result["V"][[0, -1], 0].tolist() == [-40.0, 0.0]
    assert result["rise"][[0, -1], 0].tolist() == [25.0, 65.0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_moving_volumes(tmp_path: Path, scheme: str) -> None:
    path = tmp_path / "swelling.ion"
    path.write_text(MOVING, encoding="utf-8")
    cell = cell_of(path, "numpy", scheme)
    result = cell.run(until=100, dt=0.5, record=["K.i", "total", "swollen"])
    assert result["total"] == pytest.approx(result["K.i"], rel=1e-12)
    assert result["swollen"][-1, 0] == pytest.approx(1.5, rel=1e-12)
    assert np.array_equal(result.state[-2:], cell.initial_state()[-2:])
