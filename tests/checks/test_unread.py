"""W202: what counts as read, and what need not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl.pipeline import examine
from iondsl.source import Source


def unread(lines: str, path: str = "m.ion") -> list[str]:
    """The names that the warnings are about."""
    _, findings = examine(Source(path, f"model m:\n{lines}"))
    assert {finding.code for finding in findings} <= {"W202"}
    return [finding.message.split("`")[1] for finding in findings]


@pytest.mark.parametrize(
    "lines",
    [
        "x = 2 * p",
        "function f(x) = x * p\ny = f(1)",
        "function f(x) = x * p",
        "state x = p\nx' = 0",
        "state x = 1\nx' = -x / 1 [ms]\nevent low = x < p\non low:\n    x = 1",
        "state x = 1\nx' = -x / 1 [ms]\nevent low = x < 0.5\non low:\n    x = p",
        "state A = 1\nconserved law = A * p\nlaw' = A' * p\nA' = -A / 1 [ms]",
        "x = 1\nvariant other:\n    x = p",
        "param q = p\nx = q",
        "x = initial(p)",
        "markov m:\n    states A, B\n    A <-> B : p * 1 [1/ms], 1",
        "state A = 1 [mM]\nstate B = 1 [mM]\nreaction r:\n    A <-> B : p * 1 [1/ms], 1",
    ],
)
def test_reading(lines: str) -> None:
    assert unread(f"param p = 1\n{lines}") == []


def test_a_size_is_read_by_what_is_booked() -> None:
    lines = (
        "param v = 1 [um^3]\nspace i:\n    volume = v\nion Ca:\n    z = +2\n    state i = 1 [mM]\n"
        "flux J carries Ca from i to o per i:\n    J = Ca.i / 10 [ms]"
    )
    assert unread(lines) == []


@pytest.mark.parametrize(
    "lines",
    [
        "param p = 1",
        "param p = 1\nfunction f(p) = 2 * p\ny = f(3)",
        "param p = 1\npart a:\n    param p = 2\n    x = p",
        "param p = 1\nx = 1\nvariant other:\n    p = 2",
        "input p = 1\nprotocol on:\n    p = pulse(start = 1, width = 2, height = 3)",
        "param q = 1\nparam p = 2 * q",
    ],
)
def test_not_reading(lines: str) -> None:
    assert unread(lines) == ["p"]


def test_what_need_not_be_read() -> None:
    lines = (
        "temperature = 37 [degC]\nmembrane:\n    state V = -65 [mV]\n    V' = 0\n    C = 1 [uF/cm^2]\n"
        "    area = 10 [um^2]\nspace i:\n    volume = 1 [pL]\nion K:\n    z = +1\n    E = -90 [mV]\n    i = 140 [mM]"
    )
    assert unread(lines) == []


def test_a_stimulus_beside_a_written_equation_of_v() -> None:
    assert unread("membrane:\n    state V = -65 [mV]\n    V' = 0\nstimulus I_app = 0 [pA]") == ["I_app"]


def test_of_what_a_part_brings_along_nothing_is_said(tmp_path: Path) -> None:
    """Its `g` is read in the library. A line of the model that restates what nothing reads does nothing, however."""
    part = "input V [mV]\ncurrent I_x:\n    param g = 1 [mS/cm^2]\n    I = g * (V + 80 [mV])\n"
    (tmp_path / "parts.ion").write_text(part, encoding="utf-8")
    cell = "membrane:\n    state V = -65 [mV]\n    C = 1 [uF/cm^2]\nuse I_x from parts:\n    I = 1 [uA/cm^2]\n"
    path = str(tmp_path / "cell.ion")
    assert unread(cell, path=path) == []
    assert unread(f"{cell}    g = 2 [mS/cm^2]\n", path=path) == ["I_x.g"]
