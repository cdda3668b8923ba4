"""The Python API as documented: records, derivatives, values, compiled cells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import sympy

import iondsl
from iondsl.source import Source
from tests.reference import models as oracle

TOP = ("hodgkin_huxley_1952", "wang_buzsaki_1996", "connor_stevens_1971", "morris_lecar_1981", "luo_rudy_1991")

COMPUTED = """model computed:
    "A parameter that follows others."
param a = 2 [mS/cm^2]
param b = 3 * a
input level = 4
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current I_leak:
    I = b * (V + 65 [mV])
protocol warm:
    temperature = steps(20 [degC], 5 [ms], 30 [degC])
temperature = 6.3 [degC]
q = q10(3, 6.3 [degC])
"""


@pytest.fixture
def computed(tmp_path: Path) -> iondsl.Model:
    file = tmp_path / "computed.ion"
    file.write_text(COMPUTED)
    return iondsl.load(file)


@pytest.fixture(scope="module")
def squid() -> iondsl.Model:
    return iondsl.load("hodgkin_huxley_1952")


def test_bundled_models() -> None:
    assert set(TOP) <= set(iondsl.models())


def test_states(squid: iondsl.Model) -> None:
    assert squid.states.names == ("V", "I_Na.m", "I_Na.h", "I_K.n")
    voltage = squid.states["V"]
    assert (voltage.unit, voltage.value, voltage.doc) == ("mV", -65.0, "membrane potential")
    assert squid.states["membrane.V"] is voltage
    assert squid.states["I_Na.m"].value == pytest.approx(0.0529324852572496, rel=1e-14)
    assert voltage.expr is not None
    assert sympy.Symbol("I_app", real=True) in voltage.expr.free_symbols


def test_parameters(squid: iondsl.Model) -> None:
    conductance = squid.parameters["I_Na.g"]
    assert (conductance.unit, conductance.value, conductance.doc) == ("mS/cm^2", 120.0, "maximal conductance")
    assert (squid.parameters["T"].value, squid.parameters["temperature"].unit) == (279.45, "K")


def test_inputs(squid: iondsl.Model) -> None:
    assert [(each.name, each.unit, each.value) for each in squid.inputs] == [("I_app", "uA/cm^2", 0.0)]


def test_networks() -> None:
    model = iondsl.load("clancy_rudy_2002")
    scheme = model.networks["I_Na.gating"]
    assert scheme.keyword == "markov"
    assert scheme.species[:4] == ("I_Na.gating.C3", "I_Na.gating.C2", "I_Na.gating.C1", "I_Na.gating.O")
    (balanced,) = [each for each in scheme.transitions if each.balanced]
    assert (balanced.left, balanced.right) == ((("I_Na.gating.O", 1),), (("I_Na.gating.IF", 1),))
    assert balanced.backward == "I_Na.gating.IF->O"
    assert model.equations[balanced.forward].value == pytest.approx(9.178 * np.exp(-90 / 29.68), rel=1e-14)


def test_reactions() -> None:
    model = iondsl.load("hubel_dahlem_2014")
    (buffer,) = model.networks
    assert (buffer.name, buffer.keyword, buffer.space) == ("buffer", "reaction", "o")
    assert buffer.species == ("K.o", "B", "KB")
    (line,) = buffer.transitions
    assert (line.left, line.right, line.rate) == ((("K.o", 1), ("B", 1)), (("KB", 1),), "buffer.rate")
    assert model.equations["buffer.forward"].value == pytest.approx(5e-8 / (1 + np.exp(11 / 1.09)), rel=1e-14)


def test_ions_and_currents(squid: iondsl.Model) -> None:
    assert [(ion.name, ion.valence, ion.reversal) for ion in squid.ions] == [("Na", 1, "Na.E"), ("K", 1, "K.E")]
    assert [(each.name, each.unit, each.carries) for each in squid.currents] == [
        ("I_Na", "uA/cm^2", (("Na", None),)),
        ("I_K", "uA/cm^2", (("K", None),)),
        ("I_leak", "uA/cm^2", ()),
    ]


def test_equations(squid: iondsl.Model) -> None:
    alpha = squid.equations["I_Na.m.alpha"]
    assert alpha.unit == "1/ms"
    assert alpha.value == pytest.approx(-2.5 / (1 - np.exp(2.5)), rel=1e-14)
    assert str(alpha.expr) == "(0.1*(V + 40))/(1 - exp(-(V + 40)/10))"


def test_what_needs_an_input_without_a_default_has_no_value(tmp_path: Path) -> None:
    file = tmp_path / "needs.ion"
    file.write_text("model needs:\ninput k\nstate x = k\nx' = 1\ndouble = 2 * k\n")
    model = iondsl.load(file)
    assert np.isnan([model.inputs["k"].value, model.states["x"].value, model.equations["double"].value]).all()
    assert model.equations["x'"].value == 1.0
    assert model.evaluate("double", inputs={"k": 3.0}) == 6.0


def test_an_unknown_name_is_a_usage_error(squid: iondsl.Model) -> None:
    with pytest.raises(iondsl.UsageError, match="no `I_Na.gg` here; did you mean `I_Na.g`"):
        _ = squid.parameters["I_Na.gg"]


@pytest.mark.parametrize("name", TOP)
def test_derivatives_against_the_oracle(name: str) -> None:
    """Hand-written right-hand sides, at 50 states around the initial one."""
    model = iondsl.load(name)
    generator = np.random.default_rng(1)
    start = np.array([state.value for state in model.states])
    states = start[:, None] * (1 + 0.02 * generator.standard_normal((len(start), 50)))
    expected = getattr(oracle, name)(states, 1.5)
    found = model.derivatives(states, inputs={model.inputs[0].name: 1.5})
    scale = np.abs(expected).max(axis=1, keepdims=True)
    assert (np.abs(found - expected) <= 1e-12 * scale).all()


def test_shapes(squid: iondsl.Model) -> None:
    assert squid.derivatives().shape == (4,)
    assert squid.derivatives(np.zeros(4)).shape == (4,)
    assert squid.derivatives(np.zeros((4, 3))).shape == (4, 3)
    assert squid.derivatives(inputs={"I_app": np.zeros(5)}).shape == (4, 5)
    assert squid.evaluate("I_Na").shape == ()
    assert squid.evaluate("I_Na", np.zeros((4, 3))).shape == (3,)
    assert squid.evaluate(["I_Na", "V"], np.zeros((4, 3))).shape == (2, 3)


def test_evaluate_takes_aliases_and_parameters(squid: iondsl.Model) -> None:
    state = np.array([0.0, 1.0, 1.0, 0.0])
    assert squid.evaluate("I_Na.I", state) == 120 * -50
    assert squid.evaluate("I_Na", state, parameters={"I_Na.g": [1.0, 2.0]}) == pytest.approx([-50, -100])


def test_a_computed_parameter_follows_unless_it_is_set(computed: iondsl.Model) -> None:
    assert computed.parameters["b"].value == 6.0
    state = np.array([-64.0])
    assert computed.evaluate("I_leak", state) == 6.0
    assert computed.evaluate("I_leak", state, parameters={"a": 5.0}) == 15.0
    assert computed.evaluate("I_leak", state, parameters={"a": 5.0, "b": 1.0}) == 1.0


def test_degrees_in_the_place_of_kelvins(squid: iondsl.Model) -> None:
    cell, wrong = squid.compile(target="numpy"), "`T` = 36.5 is in kelvin: 36.5 degC are 309.65 K"
    for warm in (36.5, [300.0, 36.5]):
        with pytest.raises(iondsl.UsageError) as caught:
            cell.run(until=1, parameters={"temperature": warm})
        assert str(caught.value) == wrong
    with pytest.raises(iondsl.UsageError, match="is in kelvin"):
        squid.evaluate("I_Na.m.phi", parameters={"T": 36.5})


def test_evaluate_takes_values_by_name(squid: iondsl.Model) -> None:
    with pytest.raises(iondsl.UsageError, match="`parameters` gives values by name: it must be a dict, not list"):
        squid.evaluate("I_Na", [state.value for state in squid.states], parameters=[120.0])  # type: ignore[arg-type]


def test_evaluate_tells_parameters_too(computed: iondsl.Model) -> None:
    assert computed.evaluate("a") == 2.0
    assert computed.evaluate("b") == 6.0
    assert computed.evaluate("temperature") == 279.45
    assert computed.evaluate(["b", "a", "b"], parameters={"a": 5.0}).tolist() == [15.0, 5.0, 15.0]
    assert computed.evaluate("b", np.zeros((1, 2))).tolist() == [6.0, 6.0]
    assert computed.evaluate("b", parameters={"a": [1.0, 2.0]}).tolist() == [3.0, 6.0]
    assert computed.evaluate("b", parameters={"a": 5.0, "b": 1.0}) == 1.0
    with pytest.raises(iondsl.UsageError, match="`b` is computed from other parameters: ask the model"):
        computed.compile(target="numpy").evaluate(["b"])


def test_parameters_by_every_function(tmp_path: Path) -> None:
    file = tmp_path / "functions.ion"
    names = {"expm1": np.expm1(0.5), "exprel": np.expm1(0.5) / 0.5, "log1p": np.log1p(0.5), "log10": np.log10(0.5)}
    names |= {"sigmoid": 1 / (1 + np.exp(-0.5)), "heaviside": 1.0}
    lines = "".join(f"param p_{name} = {name}(a)\n" for name in names)
    file.write_text(f"model functions:\nparam a = 0.5\n{lines}state x = 0\nx' = 0\n")
    model = iondsl.load(file)
    assert [model.parameters[f"p_{name}"].value for name in names] == pytest.approx(list(names.values()), rel=1e-15)
    assert model.evaluate("p_exprel", parameters={"a": 0.0}) == 1.0


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_a_protocol_drives_the_temperature(computed: iondsl.Model, target: str) -> None:
    cell = computed.compile(target=target)
    result = cell.run(until=10.0, protocol="warm", record=("q", "T"), every=1.0)
    assert result["T"][:, 0] == pytest.approx([293.15] * 5 + [303.15] * 6)
    assert result["q"][:, 0] == pytest.approx([3**1.37] * 5 + [3**2.37] * 6)


def test_float32(squid: iondsl.Model) -> None:
    runs = [squid.compile(dtype=dtype).run(until=20.0, inputs={"I_app": 20.0})["V"] for dtype in ("float32", "float64")]
    assert np.abs(runs[0] - runs[1]).max() < 0.05


def test_one_model_in_two_forms_lives_side_by_side(squid: iondsl.Model) -> None:
    cells = [squid.compile(scheme=scheme) for scheme in ("rk4", "forward_euler")]
    assert [cell.manifest.options.scheme for cell in cells] == ["rk4", "forward_euler"]


def test_errors_carry_every_finding(tmp_path: Path) -> None:
    file = tmp_path / "wrong.ion"
    file.write_text("model wrong:\nx = y\nz = w\n")
    with pytest.raises(iondsl.ModelError) as caught:
        iondsl.load(file)
    assert [finding.code for finding in caught.value.diagnostics] == ["E201", "E201"]
    assert "wrong.ion:2:5: error[E201]: unknown name `y`" in str(caught.value)


def test_dir_shows_what_is_not_loaded_yet() -> None:
    code = "import iondsl; print(set(iondsl.__all__) <= set(dir(iondsl)), '__version__' in dir(iondsl))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True True"


def test_import_loads_nothing() -> None:
    code = "import sys, iondsl; print([m for m in ('numpy', 'sympy', 'lark', 'click') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_warm_compile_imports_neither_sympy_nor_lark(squid: iondsl.Model) -> None:
    squid.compile()
    code = (
        "import sys\n"
        "from iondsl import pipeline, reading\n"
        "from iondsl.options import Options\n"
        "cell = pipeline.cell_of(reading.read('hodgkin_huxley_1952'), Options())\n"
        "cell.run(until=1.0)\n"
        "print([m for m in ('sympy', 'lark', 'jinja2', 'Cython') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"dtype": "float16"}, "unknown dtype `float16`; available: float64, float32"),
        ({"target": "latex"}, "the target `latex` cannot do this: it is a document: export it"),
        ({"target": "fortran"}, "unknown target `fortran`; available: "),
    ],
)
def test_options_that_cannot_be(squid: iondsl.Model, options: dict[str, str], message: str) -> None:
    with pytest.raises(iondsl.UsageError, match=message):
        squid.compile(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize("dtype", [np.float32, np.dtype("float32"), "f4"])
def test_a_type_in_any_form_of_numpy(squid: iondsl.Model, dtype: npt.DTypeLike) -> None:
    cell = squid.compile(target="numpy", dtype=dtype)
    assert cell.manifest.options.dtype == "float32"
    assert cell.initial_state().dtype == np.float32


def test_a_parameter_computed_from_a_driven_temperature_follows_it(tmp_path: Path) -> None:
    file = tmp_path / "warm.ion"
    file.write_text(
        "model warm:\ntemperature = 20 [degC]\nparam k = 2 * T\nparam h = k + 1\nstate x = 0 [K]\nx' = h / 1 [ms]\n"
        "protocol p:\n    temperature = 300 [K]\n"
    )
    for target in ("numpy", "c"):
        end = iondsl.load(file).compile(target=target).run(until=1, dt=0.01, protocol="p", record=()).state[0, 0]
        assert end == pytest.approx(601, rel=1e-12)


def test_arithmetic_of_literals_may_overflow() -> None:
    model = iondsl.Model(Source("large.ion", "model large:\nstate x = 0\nx' = 0\ny = 1e308 * 10\nz = 1e308 + 1e308\n"))
    assert [model.equations[name].value for name in ("y", "z")] == [np.inf, np.inf]


def test_what_a_notebook_shows_is_short(squid: iondsl.Model) -> None:
    cell = squid.compile(target="numpy")
    assert repr(squid) == "<Model hodgkin_huxley_1952: 4 states>"
    assert repr(cell) == "<Cell hodgkin_huxley_1952: rush_larsen, numpy, float64>"
    assert repr(cell.run(until=1, record=("V", "I_Na"))) == "<Result V, I_Na: 11 times, 1 cell>"
