"""Runs of fast kernels: what leaves the ranges ends a run, and what was not proven is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import iondsl
from iondsl import resources
from iondsl.errors import NumericsError, UsageError
from iondsl.manifest import from_json, to_json
from iondsl.simulate.cell import Cell
from iondsl.simulate.result import Result

STEP = {"I_app": 10.0}


def compiled(**asked: object) -> Cell:
    settings: dict[str, object] = {"target": "numpy", "fast": True, "dt": 0.01} | asked
    return iondsl.load("hodgkin_huxley_1952").compile(**settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_a_cell_that_leaves_its_range_ends_the_run(target: str) -> None:
    """The second cell fires; the first step that begins outside is named, and what went before is kept."""
    cell = compiled(target=target, ranges={"V": (-80, 30)})
    with pytest.raises(NumericsError) as caught:
        cell.run(until=20, inputs={"I_app": [0.0, 10.0, 0.0]}, every=1)
    exact = iondsl.load("hodgkin_huxley_1952").compile(target="numpy").run(until=20, inputs=STEP, every=0.01)
    first = int(np.argmax(exact["V"][:, 0] > 30))
    assert str(caught.value).splitlines() == [
        "hodgkin_huxley_1952.ion:9:5: `V` has left its range, -80 to 30 mV: it is "
        f"{exact['V'][first, 0]:.6g} at t = {exact.time[first]:.10g} ms in cell 1",
        '    9 |     state V = -65 [mV]           "membrane potential"',
        "      |     ^^^^^^^^^^^^^^^^^^",
        "      = this fast kernel is proven for no more: give `V` a range that holds it, or do without `fast`",
    ]
    assert caught.value.exit_code == 4
    result = caught.value.result
    assert isinstance(result, Result)
    assert result.time[-1] == pytest.approx(exact.time[first])
    assert np.isfinite(result.state).all()


def test_a_run_that_ends_outside() -> None:
    """There is no step after the last that would find it."""
    exact = iondsl.load("hodgkin_huxley_1952").compile(target="numpy").run(until=2, inputs=STEP, every=0.01)
    first = int(np.argmax(exact["V"][:, 0] > -64))
    cell = compiled(ranges={"V": (-65.5, -64.0)})
    cell.run(until=exact.time[first - 1], inputs=STEP)
    with pytest.raises(NumericsError, match=f"it is -63.[0-9]+ at t = {exact.time[first]:.10g} ms in cell 0") as caught:
        cell.run(until=exact.time[first], inputs=STEP)
    stopped = caught.value.result
    assert isinstance(stopped, Result)
    assert stopped.time[-1] == exact.time[first]
    assert stopped.state[0, 0] == pytest.approx(exact["V"][first, 0])


def test_a_run_that_begins_outside() -> None:
    cell = compiled()
    state = cell.initial_state(2)
    state[0, 1] = -130
    with pytest.raises(NumericsError, match=r"range, -120 to 80 mV: it is -130 at t = 0 ms in cell 1"):
        cell.run(until=1, state=state)


@pytest.mark.parametrize(("dtype", "limit", "cure"), [
    ("float64", 500, "if it belongs there, give `V` a range that holds it"),
    ("float32", 200, "give `V` a range that holds it, or take float64, which goes to 500 mV"),
])
def test_an_exact_kernel_holds_a_potential_too(dtype: str, limit: int, cure: str) -> None:
    cell = iondsl.load("hodgkin_huxley_1952").compile(target="numpy", dtype=dtype)
    state = cell.initial_state(2)
    state[0] = [0.99 * limit, 1.25 * limit]
    with pytest.raises(NumericsError, match=f"range, -{limit} to {limit} mV: it is {1.25 * limit:g} ") as caught:
        cell.run(until=0.01, state=state)
    assert "= the run begins with it: check the initial state; if it belongs there" in str(caught.value)
    assert str(caught.value).endswith(cure)


@pytest.mark.parametrize("target", ["numpy", "c"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_an_exact_kernel_may_be_proven_for_more(target: str, dtype: str) -> None:
    """Or for less; the numbers are those of the narrower one, where both are proven."""
    model, cells = iondsl.load("hodgkin_huxley_1952"), 20
    wide, usual, narrow = (
        model.compile(target=target, dtype=dtype, ranges=ranges)
        for ranges in ({"V": (-1500.0, 1500.0)}, None, {"V": (-90.0, 20.0)})
    )
    beyond, within = wide.initial_state(cells), wide.initial_state(cells)
    beyond[0], within[0] = np.linspace(-1400, 1400, cells), np.linspace(-180, 180, cells)
    assert np.isfinite(wide.run(until=1, dt=0.001, state=beyond)["V"]).all()
    one, two = (each.run(until=1, state=within)["V"] for each in (wide, usual))
    assert np.abs(one - two).max() < (1e-9 if dtype == "float64" else 5e-4)
    with pytest.raises(NumericsError, match="`V` has left its range, -90 to 20 mV: it is"):
        narrow.run(until=1, state=within)


@pytest.mark.parametrize(("name", "wrong"), [
    ("I_Na.g", "`I_Na.g` is a parameter: without `fast` a kernel assumes nothing of it"),
    ("I_app", "`I_app` is neither a state nor a potential that follows from parameters"),
    ("Na.EE", "unknown state or parameter `Na.EE`"),
])
def test_no_range_of_what_an_exact_kernel_assumes_nothing_of(name: str, wrong: str) -> None:
    with pytest.raises(UsageError, match=wrong):
        iondsl.load("hodgkin_huxley_1952").compile(target="numpy", ranges={name: (-1, 1)})


@pytest.mark.parametrize("settings", [{"fast": True, "dt": 0.01}, {}])
def test_a_range_that_is_asked_for_holds(settings: dict[str, Any]) -> None:
    """Also where no proof needs it."""
    cell = iondsl.load("hodgkin_huxley_1952").compile(target="numpy", ranges={"I_Na.m": (0.0, 0.5)}, **settings)
    with pytest.raises(NumericsError, match=r"`I_Na.m` has left its range, 0 to 0.5: it is 0.5[0-9]* at t = "):
        cell.run(until=20, inputs=STEP)


@pytest.mark.parametrize("ends", [(-1e100, 1e100), (-1e308, 1e308)])
def test_ranges_that_prove_nothing(ends: tuple[float, float]) -> None:
    for name in ("hodgkin_huxley_1952", "luo_rudy_1991"):
        cell = iondsl.load(name).compile(target="numpy", ranges={"V": ends})
        assert np.isfinite(cell.run(until=0.1)["V"]).all()


def test_no_range_of_what_moves() -> None:
    model = iondsl.load("luo_rudy_1991")
    with pytest.raises(UsageError, match="`Ca.E` is neither a state nor a potential that follows from parameters"):
        model.compile(target="numpy", ranges={"Ca.E": (-100, 100)})
    with pytest.raises(UsageError, match="`K.E` is neither a state nor a parameter: what it follows from may have"):
        model.compile(target="numpy", fast=True, dt=0.01, ranges={"K.E": (-100, 100)})


def test_an_event_that_sets_a_state_beyond_its_range(tmp_path: Path) -> None:
    text = resources.text(resources.MODELS, "hodgkin_huxley_1952.ion")
    file = tmp_path / "set.ion"
    file.write_text(f"{text}\nevent spike = V > -50 [mV]\n\non spike:\n    V = 700 [mV]\n", encoding="utf-8")
    model = iondsl.load(file)
    with pytest.raises(NumericsError, match="; what an event sets must keep to its range, `V` within -500 to 500 mV"):
        model.compile(target="numpy").run(until=20, inputs=STEP)
    assert np.isfinite(model.compile(target="numpy", ranges={"V": (-1000, 1000)}).run(until=3, inputs=STEP)["V"]).all()


def test_a_default_outside_of_a_potential_that_was_asked_for() -> None:
    cell = iondsl.load("luo_rudy_1991").compile(target="numpy", ranges={"K.E": (-80, -70)})
    with pytest.raises(NumericsError, match="proven for `K.E` within -80 to -70 mV, which parameters determine"):
        cell.run(until=0.1)


def test_a_v_without_a_unit_may_have_a_range(tmp_path: Path) -> None:
    file = tmp_path / "bare.ion"
    file.write_text("model bare:\nstate x = 0.1\nx' = (1 / (1 + exp(-x)) - x) / 1 [ms]\n")
    model = iondsl.load(file)
    wide = model.compile(target="numpy", ranges={"x": (-2, 2)})
    assert wide.run(until=9)["x"][-1, 0] == pytest.approx(0.659, abs=1e-3)
    with pytest.raises(NumericsError, match=r"`x` has left its range, -2 to 0.5: it is 0.50[0-9]* at"):
        model.compile(target="numpy", ranges={"x": (-2, 0.5)}).run(until=9)


def test_a_longer_step_is_refused() -> None:
    cell = compiled()
    message = "dt = 0.02 ms is longer than what this fast kernel is proven for, 0.01 ms: compile it for 0.02 ms"
    with pytest.raises(UsageError) as caught:
        cell.run(until=1, dt=0.02)
    assert str(caught.value) == message
    with pytest.raises(UsageError) as caught:
        cell.step(cell.initial_state(), 0.0, 0.02)
    assert str(caught.value) == message
    cell.run(until=1, dt=0.005)
    compiled(dt=0.02).run(until=1, dt=0.02)


def test_parameters_that_were_not_proven_are_refused() -> None:
    cell = compiled()
    with pytest.raises(UsageError) as caught:
        cell.run(until=1, parameters={"temperature": [279.45, 293.15], "I_Na.g": 100})
    assert str(caught.value) == (
        "`T` = 293.15 is not what this fast kernel is proven for, 279.45 K: "
        "give `T` a range that holds it, or do without `fast`"
    )
    cell.run(until=1, parameters={"I_Na.g": 100, "temperature": 279.45})
    compiled(ranges={"temperature": (275, 295)}).run(until=1, parameters={"temperature": [279.45, 293.15]})


def test_a_default_outside_of_the_range_that_was_asked_for_is_refused() -> None:
    cell = compiled(ranges={"T": (300, 310)})
    message = "`T` = 279.45 is not what this fast kernel is proven for, 300 to 310 K: give `T` a range that holds it"
    for go in (lambda: cell.run(until=1), lambda: cell.step(cell.initial_state(), 0.0, 0.01)):
        with pytest.raises(UsageError) as caught:
            go()
        assert str(caught.value) == f"{message}, or do without `fast`"
    cell.run(until=1, parameters={"T": 305})


@pytest.mark.parametrize("ends", [3, (1, 2, 3), ("low", "high"), None])
def test_ranges_are_pairs(ends: object) -> None:
    with pytest.raises(UsageError, match=r"the range of `V` is a pair of numbers, \(low, high\), not "):
        compiled(ranges={"V": ends})
    with pytest.raises(UsageError, match="`ranges` gives values by name: it must be a dict, not list"):
        compiled(ranges=["V", ends])


@pytest.mark.parametrize("dt", [0, -0.01])
def test_steps_are_positive(dt: float) -> None:
    with pytest.raises(UsageError, match="dt must be a positive number"):
        compiled(dt=dt)


FOLLOWED = """
model followed:
param factor = 2
param phi = 0.5 * factor
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current K:
    gate n:
        alpha = phi * 0.1 [1/ms] / (1 + exp(-V / 20 [mV]))
        beta = phi * 0.1 [1/ms] * exp(-V / 80 [mV])
    I = 1 [mS/cm^2] * n * (V + 77 [mV])
"""


def test_a_parameter_that_others_follow_is_refused(tmp_path: Path) -> None:
    """The kernel computes `phi`: what is given, and so is named, is what it follows."""
    file = tmp_path / "followed.ion"
    file.write_text(FOLLOWED.lstrip())

    def cell(**ranges: tuple[float, float]) -> Cell:
        return iondsl.load(file).compile(target="numpy", fast=True, dt=0.01, ranges=ranges)

    for name, proven in (("factor", "2"), ("phi", "0.999999 to 1.000001")):
        message = f"`{name}` = 3 is not what this fast kernel is proven for, {proven}: give `{name}` a range"
        with pytest.raises(UsageError, match=message):
            cell().run(until=0.1, parameters={name: 3})
    cell(factor=(1, 3)).run(until=0.1, parameters={"factor": 3})
    cell(phi=(1, 2)).run(until=0.1, parameters={"factor": 3})


@pytest.mark.parametrize("factor", [4.5, [2.0, 4.5]])
def test_a_computed_parameter_that_leaves_its_range_ends_the_run(factor: float | list[float], tmp_path: Path) -> None:
    file = tmp_path / "followed.ion"
    file.write_text(FOLLOWED.lstrip())
    cell = iondsl.load(file).compile(target="numpy", fast=True, dt=0.01, ranges={"phi": (1, 2)})
    cause = "; this kernel is proven for `phi` within 1 to 2, which parameters determine"
    with pytest.raises(NumericsError, match=cause):
        cell.run(until=0.1, parameters={"factor": factor})


def test_a_step_is_needed() -> None:
    with pytest.raises(UsageError, match="give it as `dt`, such as 0.01"):
        compiled(dt=None)
    with pytest.raises(UsageError, match="a longest `dt` is what a fast kernel is proven for: ask for one with `fast`"):
        compiled(fast=False)


def test_the_manifest_tells_what_was_proven() -> None:
    manifest = compiled(ranges={"V": (-100, 50)}).manifest
    assert manifest.options.fast
    assert manifest.assumed is not None
    assert {each.name: (each.low, each.high) for each in manifest.assumed.ranges} == {
        "V": (-100, 50), "T": (279.45, 279.45),
    }  # fmt: skip
    assert from_json(to_json(manifest)) == manifest
