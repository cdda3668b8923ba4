"""Events: their moments against closed forms, what they set, and that they do not depend on how a run is made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import iondsl
from iondsl import pipeline
from iondsl.errors import NumericsError, UsageError
from iondsl.options import Options
from iondsl.simulate import threads
from iondsl.simulate.cell import Cell
from iondsl.simulate.result import Result
from iondsl.source import Source

SCHEMES = {"forward_euler": 1, "rush_larsen": 1, "exponential_euler": 1, "rk4": 4}
TARGETS = ("numpy", "c")

# V relaxes to drive: it takes tau log(drive/(drive - 15)) from the reset at 0 to the threshold at 15.
LEAKY = """model leaky:
param tau = 10
param weight = 1
input drive = 20
state V = 0
state w = 0
event spike = V >= 15 "a spike"
on spike:
    V = 0
    w = w + weight
V' = (drive - V) / (tau * 1 [ms])
w' = -w / 50 [ms]
protocol jump:
    drive = steps(0, 20 [ms], 20)
protocol wave:
    drive = sine(0, 1000 [ms], 40, 20 [Hz])
protocol held:
    clamp V = 3
"""
INTERVAL = 10 * np.log(20 / 5)

IZHIKEVICH = """model izhikevich:
    cite "doi:10.1109/TNN.2003.820440"
param a = 0.02
param b = 0.2
param c = -65
param d = 8
input I = 10
state v = -65
state u = b * v
event spike = v >= 30
on spike:
    v = c
    u = u + d
v' = (0.04 * v^2 + 5 * v + 140 - u + I) / 1 [ms]
u' = a * (b * v - u) / 1 [ms]
"""


def compiled(text: str, scheme: str = "rk4", target: str = "numpy", dtype: str = "float64") -> Cell:
    return pipeline.cell_of(Source("model.ion", text), Options(scheme, target, dtype))


@pytest.mark.parametrize(("scheme", "target"), [*((scheme, "numpy") for scheme in SCHEMES), ("rk4", "c")])
def test_a_straight_line_crosses_when_it_must(scheme: str, target: str) -> None:
    """x = t: any scheme is exact, and so is the moment, wherever it lies in a step."""
    text = "model line:\nparam level = 1\nstate x = 0\nevent above = x > level\nx' = 1 [1/ms]\n"
    levels = np.array([0.05, 1 / 3, 0.7, 1.0, 2.5, 7.77])
    result = compiled(text, scheme, target).run(until=5, dt=0.1, parameters={"level": levels})
    found = result.events["above"]
    assert found.cells.tolist() == [0, 1, 2, 3, 4]
    assert np.abs(found.times - levels[:5]).max() < 1e-12


@pytest.mark.parametrize("target", TARGETS)
def test_a_leaky_cell_fires_at_its_rate(target: str) -> None:
    result = compiled(LEAKY, "exponential_euler", target).run(until=300, dt=0.1, record=("V", "w"))
    times = result.events["spike"].times
    assert len(times) == int(300 / INTERVAL)
    assert np.abs(np.diff(times, prepend=0) - INTERVAL).max() < 1e-10  # this scheme is exact here
    ages = 300 - times
    assert result["w"][-1, 0] == pytest.approx(np.exp(-ages / 50).sum(), rel=1e-10)  # as if each had come alone
    assert result["V"].max() < 15


@pytest.mark.parametrize("scheme", SCHEMES)
def test_moments_have_the_order_of_the_scheme(scheme: str) -> None:
    """V and w are coupled, so that no scheme is exact: the error of the fifth spike falls as dt^order."""
    text = LEAKY.replace("(drive - V)", "(drive - V - w + 0.002 * V^2)")
    exact = compiled(text, "rk4").run(until=90, dt=0.05, record=()).events["spike"].times[4]
    cell = compiled(text, scheme)
    steps = (0.8, 0.4) if scheme == "rk4" else (0.1, 0.05)
    errors = [abs(cell.run(until=90, dt=dt, record=()).events["spike"].times[4] - exact) for dt in steps]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(SCHEMES[scheme], abs=0.35)


def test_a_ball_bounces() -> None:
    """From height 1: 1/2 g t^2 = 1, then each flight takes 2 v/g with v smaller by 0.8 every time."""
    text = """model ball:
state h = 1 [m]
state v = 0 [m/s]
event bounce = h < 0 [m] and v < 0 [m/s]
on bounce:
    h = 0
    v = -0.8 * v
time t [s]
h' = v
v' = -9.81 [m/s^2]
"""
    result = compiled(text).run(until=2.5, dt=0.02)
    fall, speed = np.sqrt(2 / 9.81), np.sqrt(2 * 9.81)
    flights = 2 * speed / 9.81 * 0.8 ** np.arange(1, 6)
    expected = fall + np.concatenate([[0], np.cumsum(flights)])
    assert np.abs(result.events["bounce"].times - expected[expected < 2.5]).max() < 1e-11


def test_a_neuron_that_blows_up_is_reset_on_the_way() -> None:
    """Against scipy's adaptive integrator with its own event location."""
    integrate = pytest.importorskip("scipy.integrate")
    result = compiled(IZHIKEVICH).run(until=80, dt=0.02)

    def rates(t: float, y: list[float]) -> list[float]:
        return [0.04 * y[0] ** 2 + 5 * y[0] + 140 - y[1] + 10, 0.02 * (0.2 * y[0] - y[1])]

    def peak(t: float, y: list[float]) -> float:
        return y[0] - 30

    peak.terminal = True  # type: ignore[attr-defined]
    t, y, times = 0.0, [-65.0, -13.0], []
    while t < 80:
        found = integrate.solve_ivp(rates, (t, 80), y, events=peak, rtol=1e-11, atol=1e-11)
        t, y = found.t[-1], [-65.0, found.y[1, -1] + 8]
        times += found.t_events[0].tolist()
    assert result.events["spike"].times == pytest.approx(times, abs=1e-4)
    assert len(times) > 1


@pytest.mark.parametrize(("dtype", "target"), [("float64", "c"), ("float32", "numpy")])
def test_a_cell_is_the_same_alone_and_in_company(dtype: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "FEW", 0)  # two threads even for these few
    cell = compiled(LEAKY, "rush_larsen", target, dtype)
    taus, drives = np.linspace(5, 15, 150), np.linspace(10, 40, 150)
    many = cell.run(until=60, dt=0.1, parameters={"tau": taus}, inputs={"drive": drives}, threads=2)
    for k in (0, 77, 149):
        one = cell.run(until=60, dt=0.1, parameters={"tau": taus[k]}, inputs={"drive": drives[k]})
        assert np.array_equal(one.state[:, 0], many.state[:, k])
        assert np.array_equal(one.events["spike"].times, many.events["spike"].of(k))
    assert np.all(np.diff(many.events["spike"].times) >= 0)


def test_single_precision_finds_what_it_can() -> None:
    times = compiled(LEAKY, "exponential_euler", "c", "float32").run(dt=0.1).events["spike"].times
    assert np.abs(np.diff(times, prepend=0) - INTERVAL).max() < 1e-4


@pytest.mark.parametrize("protocol", [None, "jump", "wave"])
@pytest.mark.parametrize("cut", [13.8, 20.0, 20.1, 41.5])
def test_a_run_in_two_parts_has_the_same_events(cut: float, protocol: str | None) -> None:
    cell = compiled(LEAKY)
    whole = cell.run(until=60, dt=0.1, protocol=protocol)
    first = cell.run(until=cut, dt=0.1, protocol=protocol)
    second = cell.run(until=60, dt=0.1, protocol=protocol, state=first.state, t=first.time[-1])
    both = [*first.events["spike"].times, *second.events["spike"].times]
    assert both == whole.events["spike"].times.tolist()
    assert np.array_equal(whole.state, second.state)


@pytest.mark.parametrize("cut", [4.9, 5.0, 5.1])
def test_an_event_of_a_jump_happens_once_and_with_it(cut: float) -> None:
    """The jump lies between two steps. The sample at its time shows what comes after both; so does a run's end."""
    text = """model driven:
input u = 0
state count = 0
event on_set = u > 0.5
on on_set:
    count = count + 1
count' = 0
protocol p:
    u = pulse(5 [ms], 1 [ms], 1)
"""
    cell = compiled(text)
    first = cell.run(until=cut, dt=0.1, every=0.1, protocol="p")
    second = cell.run(until=10, dt=0.1, protocol="p", state=first.state, t=first.time[-1])
    times = [*first.events["on_set"].times, *second.events["on_set"].times]
    assert times == [pytest.approx(5.0, abs=1e-12)]
    assert second["count"][-1, 0] == 1
    assert first["count"][:, 0].tolist() == [float(t > 4.95) for t in first.time]


@pytest.mark.parametrize(("scheme", "target"), [("forward_euler", "c"), ("rk4", "numpy")])
def test_inputs_that_vary_smoothly_are_read_at_the_moment(target: str, scheme: str) -> None:
    text = """model wave:
input u = 0
state x = 0
event up = u > 0.5
on up:
    x = u
x' = 0
protocol p:
    u = sine(0, 100 [ms], 1, 20 [Hz])
protocol q:
    u = ramp(1 [ms], 10 [ms], 0, 1)
"""
    cell = compiled(text, scheme, target)
    result = cell.run(until=60, dt=0.3, protocol="p")
    assert result.events["up"].times == pytest.approx([50 / 12, 50 + 50 / 12], abs=1e-11)
    assert result["x"][-1, 0] == pytest.approx(0.5, abs=1e-12)
    assert cell.run(until=20, dt=0.3, protocol="q").events["up"].times == pytest.approx([6.0], abs=1e-11)


def test_time_itself() -> None:
    text = "model timed:\nstate x = 0\nevent late = t > 3.14159 [ms]\non late:\n    x = 1\nx' = 0\n"
    result = compiled(text).run(until=5, dt=0.1)
    assert result.events["late"].times == pytest.approx([3.14159], abs=1e-12)


def test_what_is_set_is_set_at_once() -> None:
    text = """model swap:
state x = 0
state y = 5
event due = x > 1
on due:
    x = y
    y = x
x' = 1 [1/ms]
y' = 0
"""
    result = compiled(text).run(until=1.5, dt=0.1)
    assert result["y"][-1, 0] == pytest.approx(1, abs=1e-11)
    assert result["x"][-1, 0] == pytest.approx(5.5, abs=1e-11)


def test_what_holds_at_the_start_has_not_become_true() -> None:
    text = "model held:\nstate x = 2\nevent high = x > 1\nevent low = x <= 1\nx' = -x / 1 [ms]\n"
    events = compiled(text).run(until=3, dt=0.1).events
    assert len(events["high"]) == 0
    assert events["low"].times == pytest.approx([np.log(2)], abs=1e-5)


def test_one_event_brings_about_another_at_the_same_moment() -> None:
    """In the order of the file; the third is undone before its turn."""
    text = """model chain:
state x = 0
state y = 0
state z = 0
event first = x > 0.25
event second = y > 0
event undone = x > 0.25 and z < 1
on first:
    y = 1
on second:
    z = 1
x' = 1 [1/ms]
y' = 0
z' = 0
"""
    events = compiled(text).run(until=1, dt=0.1).events
    assert events["first"].times == pytest.approx([0.25], abs=1e-12)
    assert events["second"].times.tolist() == events["first"].times.tolist()
    assert len(events["undone"]) == 0


def test_several_in_one_step() -> None:
    """dt holds five periods of the fastest cell."""
    text = """model saw:
param level = 1
state x = 0
event full = x >= level
on full:
    x = 0
x' = 1 [1/ms]
"""
    levels = np.array([0.2, 0.35, 3.0])
    found = compiled(text).run(until=10, dt=1, parameters={"level": levels}).events["full"]
    assert np.abs(found.of(0) - 0.2 * np.arange(1, len(found.of(0)) + 1)).max() < 1e-10
    assert np.abs(found.of(1) - 0.35 * np.arange(1, 29)).max() < 1e-10
    assert found.of(2) == pytest.approx([3, 6, 9], abs=1e-11)


def test_events_without_end() -> None:
    text = """model endless:
state x = 0
state y = 0
event up = x > y
on up:
    y = x
x' = 1 [1/ms]
y' = 0
"""
    cell = compiled(text.replace("x > y", "x > 1 and x > y"), "forward_euler")
    with pytest.raises(NumericsError) as caught:
        cell.run(until=3, dt=0.5, every=0.5)
    assert str(caught.value).splitlines() == [
        "model.ion:4:1: the event `up` happens without end in one step, at t = 1 ms in cell 0",
        "    4 | event up = x > 1 and x > y",
        "      | ^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "      = let what it sets end its condition, or keep it from coming back at once",
    ]
    assert caught.value.exit_code == 4
    result = caught.value.result
    assert isinstance(result, Result)
    assert result["x"][:, 0].tolist() == [0, 0.5, 1.0]
    assert len(result.events["up"]) == 0


def test_a_breakdown_keeps_the_events_before_it() -> None:
    text = """model doomed:
state x = 0
state y = 0
event up = x > 0.55
event doom = x > 2.25
on doom:
    y = 1 / (x - x)
x' = 1 [1/ms]
y' = 0
"""
    with pytest.raises(NumericsError, match="`y` is not finite") as caught:
        compiled(text).run(until=3, dt=0.1)
    result = caught.value.result
    assert isinstance(result, Result)
    assert result.time[-1] == pytest.approx(2.2)
    assert result.events["up"].times == pytest.approx([0.55])
    assert len(result.events["doom"]) == 0


def test_a_clamp_on_what_an_event_sets_is_refused() -> None:
    with pytest.raises(UsageError, match="`V` cannot be clamped: the event `spike` sets it"):
        compiled(LEAKY).run(protocol="held")


def test_steps_by_hand_have_events() -> None:
    cell = compiled(LEAKY)
    state = cell.initial_state()
    cell.step(state, 0.0, 0.1, steps=300)
    assert np.array_equal(state, cell.run(until=30, dt=0.1).state)


def test_concentrations_in_moving_volumes() -> None:
    """What is set is the concentration; the content follows from it and the volume of the moment."""
    text = """model swelling:
space i:
    state volume = 1 [um^3]
    volume' = 0.1 [um^3/ms]
ion X:
    z = 0
    state i = 4 [mM]
event thin = X.i < 3 [mM]
on thin:
    X.i = 2 * X.i
conserved_until_then = X.i * i.volume
"""
    result = compiled(text).run(until=5, dt=0.1)
    assert result.events["thin"].times == pytest.approx([10 / 3], abs=1e-10)
    assert result["X.i"][-1, 0] == pytest.approx(8 / 1.5, abs=1e-9)


EVERYWHERE = Path(__file__).parent.parent / "valid" / "events.ion"


def test_targets_agree_on_a_model_with_all_of_it() -> None:
    """Events in blocks, on gates and derivatives, in a moving volume, several at once; in cells that differ."""
    g = np.linspace(0.5, 1.5, 20)
    by_target = [
        iondsl.load(EVERYWHERE).compile(target=target).run(until=15, dt=0.05, protocol="up", parameters={"I_K.g": g})
        for target in TARGETS
    ]
    assert sum(len(each) for each in by_target[0].events.values()) > 40
    for name, event in by_target[0].events.items():
        for cell in range(len(g)):
            assert event.of(cell) == pytest.approx(by_target[1].events[name].of(cell), abs=1e-9)
    assert by_target[0].state == pytest.approx(by_target[1].state, rel=1e-7)


def test_results(tmp_path: Path) -> None:
    result = compiled(LEAKY).run(until=30, dt=0.1)
    events = result.events
    assert list(events) == ["spike"]
    assert "spike" in events
    assert "spikes" not in events
    with pytest.raises(ValueError, match="read-only"):
        events["spike"].times[0] = 0
    with pytest.raises(UsageError, match="did you mean `spike`"):
        events["spikes"]
    result.to_npz(tmp_path / "run.npz")
    with np.load(tmp_path / "run.npz") as archive:
        assert np.array_equal(archive["spike.times"], events["spike"].times)
        assert archive["spike.cells"].tolist() == [0, 0]
    events.to_csv(tmp_path / "events.csv")
    head, *rows = (tmp_path / "events.csv").read_text().splitlines()
    assert head == "time [ms],event,cell"
    assert rows == [f"{time!r},spike,0" for time in events["spike"].times.tolist()]
