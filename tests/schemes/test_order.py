"""The order of every scheme, measured: halving dt divides the error by 2, or by 16."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import iondsl
from iondsl import plugins
from iondsl.simulate.kernel import Array
from iondsl.source import Source

UNTIL = 2.0
STEPS = {1: (0.02, 0.01, 0.005), 4: (0.01, 0.005, 0.0025)}
SINE = """model driven:
    "A membrane under a sine wave."
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current I_leak:
    param g = 0.3 [mS/cm^2]
    I [uA/cm^2] = g * (V + 65) * (1 + 0.01 * (V + 65))
stimulus I_app = 0 [uA/cm^2]
protocol sine:
    I_app = sine(start = 0 [ms], width = 100 [ms], amplitude = 10 [uA/cm^2], frequency = 0.1 [1/ms])
"""


def end(model: iondsl.Model, scheme: str, dt: float, **arguments: object) -> Array:
    cell = model.compile(scheme=scheme, target="numpy")
    return cell.run(until=UNTIL, dt=dt, record=(), **arguments).state  # type: ignore[arg-type]


def measured_order(model: iondsl.Model, scheme: str, steps: tuple[float, ...], **arguments: object) -> float:
    """From three runs alone: the differences of neighbours shrink as dt^order."""
    ends = [end(model, scheme, dt, **arguments) for dt in steps]
    coarse, fine = (np.abs(a - b).max() for a, b in pairwise(ends))
    return float(np.log2(coarse / fine))


@pytest.mark.parametrize("scheme", plugins.names("iondsl.schemes"))
def test_order_on_hodgkin_huxley(scheme: str) -> None:
    model = iondsl.load("hodgkin_huxley_1952")
    expected = plugins.load("iondsl.schemes", scheme).ORDER
    assert measured_order(model, scheme, STEPS[expected], inputs={"I_app": 20.0}) == pytest.approx(expected, abs=0.2)


@pytest.mark.parametrize("scheme", [name for name in plugins.names("iondsl.schemes") if name != "rk4"])
def test_schemes_converge_to_one_solution(scheme: str) -> None:
    """To that of rk4: what three runs of a first-order scheme extrapolate to (Richardson, twice)."""
    model = iondsl.load("hodgkin_huxley_1952")
    exact = end(model, "rk4", 0.002, inputs={"I_app": 20.0})
    coarse, middle, fine = (end(model, scheme, dt, inputs={"I_app": 20.0}) for dt in (0.004, 0.002, 0.001))
    first, second = 2 * middle - coarse, 2 * fine - middle
    error = np.abs((4 * second - first) / 3 - exact).max()
    assert error < 1e-3 < np.abs(fine - exact).max()


def test_rk4_keeps_its_order_under_an_input_that_varies(tmp_path: Path) -> None:
    file = tmp_path / "driven.ion"
    file.write_text(SINE)
    model = iondsl.load(file)
    assert measured_order(model, "rk4", (0.2, 0.1, 0.05), protocol="sine") == pytest.approx(4, abs=0.2)


@pytest.mark.parametrize("scheme", ["rush_larsen", "exponential_euler"])
@pytest.mark.parametrize("dt", [0.01, 1.0])
def test_a_clamped_gate_is_exact_at_any_step(scheme: str, dt: float) -> None:
    model = iondsl.load("hodgkin_huxley_1952")
    cell = model.compile(scheme=scheme, target="numpy")
    level = 0.0
    result = cell.run(until=5.0, dt=dt, every=1.0, inputs={"V": level}, protocol="clamp", record=("I_Na.m", "I_K.n"))
    start = {name: model.states[name].value for name in ("I_Na.m", "I_K.n")}
    state = np.array([level, 0.0, 0.0, 0.0])
    for name, first in start.items():
        inf, tau = model.evaluate((f"{name}.inf", f"{name}.tau"), state)
        exact = inf + (first - inf) * np.exp(-result.time / tau)
        assert result[name][:, 0] == pytest.approx(exact, rel=1e-12)


SELF = """model own:
    "A gate whose steady state depends on itself."
gate m = 0.8:
    inf = 0.5 * other
    tau = 5
other = m
"""


@pytest.mark.parametrize("scheme", plugins.names("iondsl.schemes"))
def test_a_gate_whose_steady_state_depends_on_itself(scheme: str, tmp_path: Path) -> None:
    """m' = (0.5 m - m)/5, so m = 0.8 exp(-t/10)."""
    file = tmp_path / "own.ion"
    file.write_text(SELF)
    end = iondsl.load(file).compile(scheme=scheme, target="numpy").run(until=10, dt=0.001, record=()).state[0, 0]
    assert end == pytest.approx(0.8 * np.exp(-1), rel=1e-4 if scheme == "forward_euler" else 1e-12)


@pytest.mark.parametrize("scheme", plugins.names("iondsl.schemes"))
def test_long_chains_of_definitions(scheme: str) -> None:
    """What is found by walking over definitions is not limited by Python's recursion."""
    chain = [f"a{n} = a{n - 1} + 1" for n in range(1, 1000)]
    text = "\n".join(["model chain:", "state x = 0", "a0 = x", *chain, "x' = -a999 / 1 [ms]", ""])
    model = iondsl.Model(Source("chain.ion", text))
    assert model.compile(scheme=scheme, target="numpy").run(until=1, dt=0.1, record=()).state[0, 0] < -600
