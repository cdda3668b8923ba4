"""Every part of `models/channels/`, in a cell of its own, against formulas written by hand."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import pytest

import iondsl
from iondsl import resources
from iondsl.source import Source
from tests.library.channels import CHANNELS, Channel, Kinetics, Scheme, afterhyperpolarisation, tabulated
from tests.reference.models import Array

CELSIUS = 29.0  # of no part, so that every factor for temperature is seen
CALCIUM = 3e-3
REVERSAL = {"Na": 50.0, "K": -90.0, "Ca": 120.0}
VOLTAGES = np.linspace(-115, 45, 20)
# Libraries all of which a model of their name uses, which `tests/models/test_derivatives.py` holds to its file.
HELD = ("ohara_rudy_2011",)
# Tested by themselves.
OTHERS = ("destexhe_1994.I_AHP", "destexhe_1996.I_h", "beeler_reuter_1977.I_x1")
SHIFTED = [name for name, channel in CHANNELS.items() if channel.gates and channel.shifts]

CELL = f"""model cell:
temperature = {CELSIUS} [degC]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
ion Na:
    z = +1
    E = 50 [mV]
ion K:
    z = +1
    E = -90 [mV]
ion Ca:
    z = +2
    E = 120 [mV]
    param i = {CALCIUM} [mM]
use I_leak as rest from channels.leak
stimulus I_app = 0 [uA/cm^2]
"""


@cache
def cell(name: str) -> iondsl.Model:
    """A membrane with the part `LIBRARY.PART`, a leak and the ions that parts read."""
    library, part = name.split(".")
    return iondsl.Model(Source("cell.ion", f"{CELL}use {part} from channels.{library}\n"))


def at(model: iondsl.Model, V: Array, **states: Array) -> Array:
    """The initial state at each V, with some states set."""
    start = np.array([state.value for state in model.states])
    state = np.repeat(start[:, None], len(V), axis=1)
    for name, values in {"V": V, **states}.items():
        state[model.states.names.index(name)] = values
    return state


def close(found: Array, expected: Array) -> bool:
    return bool(np.allclose(found, expected, rtol=1e-12, atol=1e-300))


def check_gate(model: iondsl.Model, name: str, gate: Kinetics, V: Array, u: Array) -> None:
    state = at(model, V)
    assert close(model.evaluate(f"{name}.inf", state), gate.inf(u))
    assert close(model.evaluate(f"{name}.tau", state), gate.tau(u, CELSIUS))
    for rate, expected in gate.rates.items():
        assert close(model.evaluate(f"{name}.{rate}", state), expected(u))


def check_current(model: iondsl.Model, part: str, channel: Channel, gates: dict[str, Array]) -> None:
    open_ = np.prod([gates[name] ** gate.power for name, gate in channel.gates.items()], axis=0)
    calcium = 1.0 if channel.opening is None else channel.opening(np.asarray(CALCIUM))
    E = REVERSAL[channel.E] if isinstance(channel.E, str) else channel.E
    state = at(model, VOLTAGES, **{f"{part}.{name}": values for name, values in gates.items()})
    assert close(model.evaluate(part, state), channel.g * calcium * open_ * (VOLTAGES - E))


@pytest.mark.parametrize("name", CHANNELS)
def test_gates(name: str) -> None:
    model, channel, part = cell(name), CHANNELS[name], name.split(".")[1]
    V = np.array([*VOLTAGES, *channel.critical])
    for gate, kinetics in channel.gates.items():
        check_gate(model, f"{part}.{gate}", kinetics, V, V - channel.shift)


@pytest.mark.parametrize("name", CHANNELS)
def test_currents(name: str) -> None:
    model, channel, part = cell(name), CHANNELS[name], name.split(".")[1]
    random = np.random.default_rng(1)
    gates: dict[str, Array] = {gate: random.uniform(size=len(VOLTAGES)) for gate in channel.gates}
    check_current(model, part, channel, gates)
    carried = [ion for ion, _ in model.currents[part].carries]
    assert carried == ([channel.E] if isinstance(channel.E, str) else [])


@pytest.mark.parametrize("shift", [-7.0, 12.5])
@pytest.mark.parametrize("name", SHIFTED)
def test_shifts(name: str, shift: float) -> None:
    model, part = cell(name), name.split(".")[1]
    for gate, kinetics in CHANNELS[name].gates.items():
        found = model.evaluate(f"{part}.{gate}.inf", at(model, VOLTAGES), parameters={f"{part}.V_sh": shift})
        assert close(found, kinetics.inf(VOLTAGES - shift))


def test_afterhyperpolarisation() -> None:
    """Calcium opens it, whatever V is, and it carries potassium alone."""
    model, calcium = cell("destexhe_1994.I_AHP"), np.geomspace(1e-5, 1, 20)
    gate, state, given = afterhyperpolarisation(calcium), at(model, VOLTAGES), {"Ca.i": calcium}
    expected = {rate: curve(VOLTAGES) for rate, curve in gate.rates.items()}
    expected |= {"inf": gate.inf(VOLTAGES), "tau": gate.tau(VOLTAGES, CELSIUS)}
    for name, values in expected.items():
        assert close(model.evaluate(f"I_AHP.p.{name}", state, parameters=given), values)
    p = np.linspace(0, 1, 20)
    assert close(model.evaluate("I_AHP", at(model, VOLTAGES, **{"I_AHP.p": p})), 10 * p**2 * (VOLTAGES + 90))
    assert [ion for ion, _ in model.currents["I_AHP"].carries] == ["K"]


def test_outward_current_of_the_ventricle() -> None:
    """It rectifies, and is 0 at -77 mV, whatever K.E is."""
    model, V = cell("beeler_reuter_1977.I_x1"), np.array([*VOLTAGES, -77.0])
    check_gate(model, "I_x1.x1", tabulated("x1"), V, V)
    x1 = np.linspace(0.1, 1, len(V))
    expected = 0.8 * x1 * (np.exp(0.04 * (V + 77)) - 1) / np.exp(0.04 * (V + 35))
    found = model.evaluate("I_x1", at(model, V, **{"I_x1.x1": x1}))
    assert close(found, expected)
    assert found[-1] == 0
    assert [ion for ion, _ in model.currents["I_x1"].carries] == ["K"]


def random_shares(names: tuple[str, ...], size: int) -> dict[str, Array]:
    """For each scheme shares of its states that sum to 1."""
    random = np.random.default_rng(2)
    found: dict[str, Array] = {}
    for scheme in ("binding", "gating"):
        states = [name for name in names if f".{scheme}." in name]
        found |= dict(zip(states, random.dirichlet(np.ones(len(states)), size).T, strict=True))
    return found


def test_scheme_of_the_h_current() -> None:
    """The rates, and that what leaves one state enters another."""
    model, calcium = cell("destexhe_1996.I_h"), np.geomspace(2e-4, 2e-2, 20)
    shares = random_shares(model.states.names, 20)
    state, given = at(model, VOLTAGES, **shares), {"Ca.i": calcium}
    for name, expected in Scheme(VOLTAGES, calcium, CELSIUS).rates.items():
        assert close(model.evaluate(f"I_h.{name}", state, parameters=given), expected)
    locking = model.evaluate("I_h.gating.O->OL", state, parameters=given)
    assert close(locking, 1e-3 * shares["I_h.binding.P1"] / 0.01)

    slopes = dict(zip(model.states.names, model.derivatives(state, parameters=given), strict=True))
    for scheme in ("binding", "gating"):
        each = [slope for name, slope in slopes.items() if f".{scheme}." in name]
        assert np.abs(np.sum(each, axis=0)).max() <= 1e-15 * np.abs(each).max()
    expected = locking * shares["I_h.gating.O"] - 1e-3 * shares["I_h.gating.OL"]
    assert np.allclose(slopes["I_h.gating.OL"], expected, rtol=1e-12, atol=1e-18)

    open_ = shares["I_h.gating.O"] + 2 * shares["I_h.gating.OL"]
    assert close(model.evaluate("I_h", state), 0.02 * open_ * (VOLTAGES + 40))
    assert not model.currents["I_h"].carries


def test_rest_of_the_h_current() -> None:
    """It starts where its scheme rests, and keeps its sums where it moves."""
    model = cell("destexhe_1996.I_h")
    for state, share in Scheme(np.array(-65.0), np.array(CALCIUM), CELSIUS).at_rest.items():
        assert model.states[f"I_h.{state}"].value == pytest.approx(float(share), rel=1e-12)
    names = [name for name in model.states.names if name != "V"]
    run = model.compile(target="numpy").run(until=20, dt=0.1, record=names, inputs={"I_app": -2.0})
    assert not np.allclose(run["I_h.gating.O"][0], run["I_h.gating.O"][-1], rtol=1e-3)
    for scheme in ("binding", "gating"):
        total = np.sum([run[name] for name in names if f".{scheme}." in name], axis=0)
        assert np.abs(total - 1).max() < 1e-13


@pytest.mark.parametrize("name", [*CHANNELS, *OTHERS])
def test_every_part_runs(name: str) -> None:
    run = cell(name).compile(target="numpy").run(until=2, dt=0.02, record=("V", name.split(".")[1]))
    assert all(np.isfinite(run[each]).all() for each in run.names)


def test_every_part_is_tested() -> None:
    """Each current of the folder, whether it is written or made by `use`, has a row here."""
    found = set()
    for file in (files(resources.MODELS) / "channels").iterdir():
        for line in file.read_text(encoding="utf-8").splitlines():
            words = line.replace(":", " ").split()
            if line.startswith(("current ", "use ")):
                part = words[words.index("as") + 1] if "as" in words else words[1]
                found.add(f"{file.name.removesuffix('.ion')}.{part}")
    held = {each for each in found if each.startswith(HELD)}
    assert found - held == {*CHANNELS, *OTHERS}
    for library, _, part in (each.partition(".") for each in held):
        assert f"use {part} from channels.{library}" in resources.bundled_model(library)
