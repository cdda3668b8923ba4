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
    native, plain = (model.compile(scheme="heun", target=target).run(until=50)["V"] for target in ("cython", "numpy"))
    assert native == pytest.approx(plain, rel=1e-11)


def test_a_target_is_one_file_and_one_template(folder: Path) -> None:
    (folder / "names.py").write_text(NAMES)
    (folder / "names.txt.j2").write_text(TEMPLATE)
    text = pipeline.document(reading.read("hodgkin_huxley_1952"), "names")
    assert text == "* V\n* I_Na.m\n* I_Na.h\n* I_K.n\n"


def test_an_unknown_scheme_names_the_known_ones() -> None:
    model = iondsl.load("hodgkin_huxley_1952")
    with pytest.raises(iondsl.UsageError, match="unknown scheme `rk5`; available: .*rk4.*\n.*did you mean `rk4`"):
        model.compile(scheme="rk5")


def test_bundled_models_are_there() -> None:
    assert "hodgkin_huxley_1952" in resources.bundled_models() == iondsl.models()
