"""One call for a stretch of spans does what one call for each does, samples and held states included."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import iondsl
from iondsl.simulate import moves, threads
from iondsl.simulate.moves import AtOnce, SpanBySpan
from iondsl.simulate.result import Result
from tests.targets.kernels import needs_compiler

MODEL = """model driven:
time t [ms]
state V = -65 [mV]
state n = 0.3
input u = 0 [mV/ms]
param k = 0.1 [1/ms]
V' = u - k * (V + 65 [mV]) * n
n' = k * (1 / (1 + exp(-(V + 40 [mV]) / 10 [mV])) - n)
fast = k * V
protocol pulses:
    u = pulse(start = 1 [ms], width = 2.5 [ms], height = 20 [mV/ms], every = 5 [ms])
protocol wave:
    u = sine(1 [ms], 14 [ms], 5 [mV/ms], 0.15 [kHz]) + pulse(start = 3 [ms], width = 1 [ms], height = 9 [mV/ms])
protocol noisy:
    u = noise(sd = 3 [mV/ms], tau = 1 [ms], seed = 5)
protocol clamp:
    clamp V = steps(-65 [mV], 2 [ms], -10 [mV], 6.1 [ms], -80 [mV])
protocol rough_clamp:
    clamp V = steps(-65 [mV], 2.1 [ms], -10 [mV]) + noise(sd = 3 [mV], tau = 1 [ms], seed = 7)
"""


@pytest.fixture(scope="module")
def cell(tmp_path_factory: pytest.TempPathFactory) -> iondsl.Cell:
    needs_compiler()
    path = tmp_path_factory.mktemp("model") / "driven.ion"
    path.write_text(MODEL, encoding="utf-8")
    return iondsl.load(path).compile(scheme="rk4")


@pytest.mark.parametrize("given", ["nothing", "parameters", "inputs"])
@pytest.mark.parametrize("cells", [1, 70])
@pytest.mark.parametrize("protocol", ["pulses", "wave", "clamp", "noisy", "rough_clamp"])
def test_a_stretch_is_its_spans(
    cell: iondsl.Cell, protocol: str, cells: int, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    values: dict[str, Any] = {"parameters": {"k": np.linspace(0.05, 0.2, cells)}} if given == "parameters" else {}
    if given == "inputs":
        values = {"inputs": {"V" if "clamp" in protocol else "u": np.linspace(-20, 10, cells)}}
    asked: dict[str, Any] = {"cells": cells, "protocol": protocol, "record": ("V", "n", "fast", "u", "n'")} | values
    ends: list[Result] = []
    used: set[type] = set()
    original = moves.move

    def seen(*arguments: Any) -> moves.Move:
        chosen = original(*arguments)
        used.add(type(chosen))
        return chosen

    monkeypatch.setattr("iondsl.simulate.run.move", seen)
    for together in (True, False):
        with monkeypatch.context() as patch:
            if not together:
                patch.setattr(moves, "RecordingKernel", ())
            ends.append(cell.run(until=20, dt=0.02, every=0.3, **asked))
    once, apart = ends
    assert used == {AtOnce, SpanBySpan}
    np.testing.assert_array_equal(once.time, apart.time)
    np.testing.assert_array_equal(once.state, apart.state)
    for name in ("V", "n"):
        np.testing.assert_array_equal(once[name], apart[name])
    for name in ("fast", "u", "n'"):
        np.testing.assert_allclose(once[name], apart[name], rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("protocol", ["pulses", "wave", "noisy", "rough_clamp"])
def test_threads_change_no_bit_of_what_is_recorded(
    cell: iondsl.Cell, protocol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them writes its own cells of every sample."""
    monkeypatch.setattr(threads, "FEW", 0)
    asked: dict[str, Any] = {"protocol": protocol, "record": ("V", "n", "fast", "u", "n'"), "every": 0.3}
    rates = np.linspace(0.05, 0.2, 700)
    one, *others = (cell.run(20, 0.02, parameters={"k": rates}, threads=count, **asked) for count in (1, 2, 5))
    for other in others:
        np.testing.assert_array_equal(other.state, one.state)
        for name in asked["record"]:
            np.testing.assert_array_equal(other[name], one[name])


@pytest.mark.parametrize("cells", [1, 3])
def test_noise_is_recorded_as_it_was(cell: iondsl.Cell, cells: int) -> None:
    """A sample is of the noise of its step, which the next step reads: V follows from it."""
    asked: dict[str, Any] = {"protocol": "noisy", "record": ("V", "u"), "parameters": {"k": 0}}
    result = cell.run(until=2, dt=0.02, every=0.02, cells=cells, **asked)
    steps = np.diff(result["V"], axis=0)
    np.testing.assert_allclose(steps, 0.02 * result["u"][:-1], rtol=1e-9, atol=1e-12)
    assert np.ptp(result["u"]) > 0


@pytest.mark.parametrize(
    "span",
    [(5, 1, 0, -1, -1), (5, 0, 1, -1, -1), (5, 0, 0, 1, -1), (5, 0, 0, 0, 3), (-1, 0, 0, -1, -1), (5, -1, 0, -1, -1)],
)
def test_spans_beyond_their_arrays_are_refused(cell: iondsl.Cell, span: tuple[int, ...]) -> None:
    module: Any = cell.module
    state, kept = module.initial_state(2), np.zeros((3, 2))
    with pytest.raises(ValueError, match=r"spans: a row|steps: expected"):
        module.run(state, module.default_parameters(), np.zeros((1, 1)), [span], 0.0, 0.02, 1, [(0, kept)])
    with pytest.raises(ValueError, match="records: there is nothing of the number 99"):
        module.run(state, module.default_parameters(), np.zeros((1, 1)), [(5, 0, 0, 0, 2)], 0.0, 0.02, 1, [(99, kept)])
