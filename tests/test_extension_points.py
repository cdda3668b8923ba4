"""Adding a scheme is one file, adding a target one file and one template: from any folder, with nothing registered."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import iondsl
import iondsl.schemes
import iondsl.targets
from iondsl import pipeline, reading, resources
from iondsl.cli import main

HEUN = '''
"""Heun: the mean of the slopes at both ends. Order 2."""

from fractions import Fraction

from iondsl.algebra import add, from_exact, multiply
from iondsl.flow import Update, staged

ORDER = 2
OFFSETS = (Fraction(0), Fraction(1))


def advance(flow):
    ends = {state.symbol: add(state.symbol, multiply(flow.dt, state.rate)) for state in flow.states}
    body = flow.equations + flow.at(ends, Fraction(1), "end")
    half = multiply(from_exact(Fraction(1, 2)), flow.dt)
    slopes = [add(state.rate, staged(state.rate, "end")) for state in flow.states]
    new = [add(state.symbol, multiply(half, slope)) for state, slope in zip(flow.states, slopes)]
    return Update(body, tuple(new))
'''

NAMES = '''
"""A list of the states."""

from dataclasses import dataclass

from iondsl.render import render

READS = "system"
EXTENSION = ".txt"


@dataclass(frozen=True)
class Context:
    states: tuple[str, ...]


def generate(system):
    return render("names.txt.j2", Context(tuple(state.name for state in system.states)))
'''

TEMPLATE = "{% for state in states %}\n* {{ state }}\n{% endfor %}\n"


PLAIN = '''
"""Plain Python, one cell after the other."""

from dataclasses import dataclass

from iondsl.render import render
from iondsl.targets._code import Dialect
from iondsl.targets._interface import interface
from iondsl.targets._names import identifiers
from iondsl.targets._printer import Printer
from iondsl.targets._routines import Routines, Syntax

READS = "step"
EXTENSION = ".py"

DIALECT = Dialect(
    number=repr,
    typed=str,
    select="({1} if {0} else {2})".format,
    negation="(not {})".format,
    undefined="nan",
    functions={name: name for name in ("exp", "exp2", "exprel", "bernoulli", "bernoulli_above", "bernoulli_below")}
    | {"exp2_inside": "exp2", "Abs": "abs", "Pow": "pow"},
)
SYNTAX = Syntax(define="{} = {}", store="{} = {}", shared="{}[{}]", own="{}[{}]", sample="{0}[{2}][{1}]")


@dataclass(frozen=True)
class Module:
    interface: str
    time: str
    dt: str
    constants: int
    own_constants: int
    uniforms: int
    hoisted: tuple[str, ...]
    own: tuple[str, ...]
    advance: tuple[str, ...]
    initial: tuple[str, ...]
    observe: tuple[str, ...]


def generate(step, options, units):
    printer = Printer(DIALECT, identifiers(step))
    routines = Routines(step, printer, SYNTAX)
    stored = routines.stores("out", step.advance.outputs, SYNTAX.own)
    advance = (*routines.uniform(), *routines.advance(), *stored)
    time, dt = printer.text(step.time), printer.text(step.dt)
    sizes = len(routines.constants()), len(routines.own_constants()), len(routines.uniforms())
    once = tuple(routines.hoisted()), tuple(routines.own())
    code = *once, advance, tuple(routines.initial()), tuple(routines.observe())
    return render("plain.py.j2", Module(interface(step, options, units), time, dt, *sizes, *code))
'''

PLAIN_TEMPLATE = '''{{ interface }}

from math import exp, exp2, expm1, nan


def exprel(x):
    return expm1(x) / x if x else 1.0


def bernoulli(u, e):
    return u / (e - 1.0) if u else 1.0


def bernoulli_above(u):
    return u if u else 1.0


def bernoulli_below(u, e):
    return e - 1.0 if u else 1.0


def split(values, c):
    """What all cells share, and what a cell has of its own."""
    return (values[0], np.asarray(values[1])[..., c]) if isinstance(values, tuple) else (values, np.empty(0))


def initial_state(cells=1, parameters=None, inputs=None):
    parameters = default_parameters() if parameters is None else parameters
    inputs = default_inputs() if inputs is None else inputs
    out = np.empty((len(STATES), cells), DTYPE)
    for c in range(cells):
        (p, v), (u, w) = split(parameters, c), split(inputs, c)
        initial(p, v, [u], [w], 0.0, out[:, c])
    return out


def step(state, parameters, inputs, t, dt, steps, threads=1):
    samples = len(OFFSETS)
    for c in range(state.shape[1]):
        (p, v), (u, w) = split(parameters, c), split(inputs, c)
        k, o = [0.0] * {{ constants }}, [0.0] * {{ own_constants }}
        constants(p, dt, k)
        own(p, v, k, dt, o)
        for n in range(steps):
            now = [each[n * samples : (n + 1) * samples] if each.ndim == 2 else [each] * samples for each in (u, w)]
            advance(state[:, c].copy(), k, o, *now, t + n * dt, dt, state[:, c])


def observe(state, parameters, inputs, t):
    out = np.empty((len(OBSERVABLES), state.shape[1]), DTYPE)
    for c in range(state.shape[1]):
        (p, v), (u, w) = split(parameters, c), split(inputs, c)
        observed(state[:, c], p, v, [u], [w], t, out[:, c])
    return out


def constants(p, {{ dt }}, k):
    {{ hoisted | join("\\n    ") }}


def own(p, v, k, {{ dt }}, o):
    {{ own | join("\n    ") or "pass" }}


def advance(s, k, o, u, w, {{ time }}, {{ dt }}, out):
    r = [0.0] * {{ uniforms }}
    {{ advance | join("\\n    ") }}


def initial(p, v, u, w, {{ time }}, out):
    {{ initial | join("\\n    ") }}


def observed(s, p, v, u, w, {{ time }}, out):
    {{ observe | join("\\n    ") }}
'''

RATES = '''
"""What another language would be given."""

READS = "step"
EXTENSION = ".jl"


def generate(step, options, units):
    return "".join(f"# {state}\\n" for state in step.layout.states)
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the paths of schemes, targets and templates."""
    templates = import_module("iondsl.templates")
    for package in (iondsl.schemes, iondsl.targets, templates):
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    return tmp_path


def test_a_scheme_is_one_file(folder: Path) -> None:
    (folder / "heun.py").write_text(HEUN)
    model = iondsl.load("hodgkin_huxley_1952")
    ends = [
        model.compile(scheme="heun", target="numpy").run(until=1, dt=dt, record=(), inputs={"I_app": 20.0}).state
        for dt in (0.02, 0.01, 0.005)
    ]
    coarse, fine = (np.abs(a - b).max() for a, b in pairwise(ends))
    assert np.log2(coarse / fine) == pytest.approx(2, abs=0.2)


def test_a_scheme_from_outside_is_compiled_too(folder: Path) -> None:
    (folder / "heun.py").write_text(HEUN)
    model = iondsl.load("morris_lecar_1981")
    native, plain = (model.compile(scheme="heun", target=target).run(until=50)["V"] for target in ("c", "numpy"))
    assert native == pytest.approx(plain, rel=1e-11)


def test_a_target_is_one_file_and_one_template(folder: Path) -> None:
    (folder / "names.py").write_text(NAMES)
    (folder / "names.txt.j2").write_text(TEMPLATE)
    text = pipeline.document(reading.read("hodgkin_huxley_1952"), "names")
    assert text == "* V\n* I_Na.m\n* I_Na.h\n* I_K.n\n"


def test_a_target_that_computes_is_one_file_and_one_template(folder: Path) -> None:
    (folder / "plain.py").write_text(PLAIN)
    (folder / "plain.py.j2").write_text(PLAIN_TEMPLATE)
    model = iondsl.load("hodgkin_huxley_1952")
    asked = {"I_Na.g": [100.0, 120.0]}
    own, known = (
        model.compile(target=target).run(until=20, protocol="step", parameters=asked, record=("V", "I_Na"))
        for target in ("plain", "numpy")
    )
    for name in own.names:
        assert own[name] == pytest.approx(known[name], rel=1e-9)


def test_a_target_has_an_extension_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rates.py").write_text(RATES)
    out = folder / "out"
    assert main(["compile", "hodgkin_huxley_1952", "--target", "rates", "-o", str(out)]) == 0
    assert capsys.readouterr().out == f"wrote {out / 'hodgkin_huxley_1952.jl'}\n"
    assert (out / "hodgkin_huxley_1952.jl").read_text() == "# V\n# I_Na.m\n# I_Na.h\n# I_K.n\n"
    with pytest.raises(iondsl.UsageError, match=r"hodgkin_huxley_1952.jl cannot be run here"):
        iondsl.load("hodgkin_huxley_1952").compile(target="rates")


def test_an_unknown_scheme_names_the_known_ones() -> None:
    model = iondsl.load("hodgkin_huxley_1952")
    with pytest.raises(iondsl.UsageError, match="unknown scheme `rk5`; available: .*rk4.*\n.*did you mean `rk4`"):
        model.compile(scheme="rk5")


def test_bundled_models_are_there() -> None:
    assert "hodgkin_huxley_1952" in resources.bundled_models() == iondsl.models()
