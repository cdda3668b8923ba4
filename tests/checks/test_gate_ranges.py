"""W320 and W321: gates that are shares, and gates that are not."""

from __future__ import annotations

import pytest

from iondsl.pipeline import examine
from iondsl.source import Source

CELL = """model cell:
membrane:
    state V = {start}
    C = 1 [uF/cm^2]
state Ca = 1 [uM]
Ca' = 0
{rest}
current I_x:
    gate x{value}:
        {lines}
    I = 0.1 [mS/cm^2] * x * (V + 80 [mV])
"""
MILD = "inf = 1 / (1 + exp(-(V + 30) / 5))\ntau = 2"


def said(lines: str, value: str = "", start: str = "-65 [mV]", rest: str = "") -> list[tuple[str, str]]:
    body = lines.replace("\n", "\n        ")
    text = CELL.format(lines=body, value=value, start=start, rest=rest)
    _, findings = examine(Source("cell.ion", text))
    return [(finding.code, finding.message) for finding in findings if finding.code != "W202"]


@pytest.mark.parametrize(
    "lines",
    [
        MILD,
        "inf = 1 / (1 + exp(-(V + 30) / 5))\ntau = 0",
        "inf = 1.009 / (1 + exp(-(V + 30) / 5))\ntau = 2",
        "alpha = 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10))\nbeta = 4 * exp(-(V + 65) / 18)",
        "alpha = 0 if V > -40 else 1\nbeta = 0 if V < -40 else 1",
        "alpha = exp(-V * 10 / 1 [mV]) / 1 [ms]\nbeta = 1",
        "inf = Ca / (Ca + 1 [uM])\ntau = 2",
        "inf = unknown\ntau = 2",
    ],
)
def test_silent(lines: str) -> None:
    assert said(lines, rest="input unknown") == []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("inf = 2 / (1 + exp(-(V + 30) / 5))\ntau = 2", "`I_x.x.inf` is 2 at 100 mV"),
        ("inf = 1 - 2 / (1 + exp(-(V + 30) / 5))", "`I_x.x.inf` is -1 at 100 mV"),
        ("inf = 2 * Ca / (Ca + 0.6 [uM])\ntau = 2", "`I_x.x.inf` is 1.25 at the start"),
        ("alpha = 1\nbeta = -0.01 * (V + 100)", "`I_x.x.beta` is -2 at 100 mV"),
        ("alpha = -1\nbeta = -1", "`I_x.x.beta` is -1 at the start"),
        ("inf = 0.5\ntau = 0.1 * V", "`I_x.x.tau` is -6.5 at the start"),
    ],
)
def test_found(lines: str, message: str) -> None:
    assert said(lines) == [("W320", message)]


@pytest.mark.parametrize(
    ("lines", "cure"),
    [
        ("inf = 2", "a gate goes from 0 to 1: "),
        ("inf = 0.5\ntau = 10 - 0.2 * V", "a time constant is never negative: "),
        ("alpha = 0.02 * (V + 45.7) / (1 - exp(0.1 * (V + 45.7)))\nbeta = 1", "a rate is never negative: "),
        ("alpha = 1\nbeta = -0.2", "a rate is never negative: "),
    ],
)
def test_the_cure_names_what_is_wrong(lines: str, cure: str) -> None:
    text = CELL.format(lines=lines.replace("\n", "\n        "), value="", start="-65 [mV]", rest="")
    (found,) = [finding for finding in examine(Source("cell.ion", text))[1] if finding.code == "W320"]
    assert found.cure is not None
    assert found.cure.startswith(cure)


def test_in_volts() -> None:
    text = "model m:\nmembrane:\n    state V = -0.065 [V]\n    V' = 0\ngate x:\n    inf = (V + 0.15 [V]) / 0.25 [V]"
    assert examine(Source("m.ion", text))[1] == ()
    (found,) = examine(Source("m.ion", text.replace("0.25", "0.2")))[1]
    assert (found.code, found.message) == ("W320", "`x.inf` is 1.25 at 100 mV")


def test_other_gates_stay_where_they_start() -> None:
    lines = "inf = I_x.y\ntau = 2\ny = 1 if V < -60 [mV] else 0"
    assert said(lines.replace("I_x.y", "y")) == []
    moving = "part p:\n    gate y = 0.2:\n        inf = 1 / (1 + exp(-(V + 30) / 5))\n        tau = 1"
    assert said("inf = 5 * p.y\ntau = 2", rest=moving) == []
    assert said("inf = 6 * p.y\ntau = 2", rest=moving) == [("W320", "`I_x.x.inf` is 1.2 at the start")]


@pytest.mark.parametrize(("value", "shown"), [("1.01", "1.01"), ("-0.1", "-0.1"), ("2 * Ca / 1 [uM]", "2")])
def test_a_start_outside(value: str, shown: str) -> None:
    assert said(MILD, value=f" = {value}") == [("W321", f"the gate `I_x.x` begins at {shown}")]


@pytest.mark.parametrize("value", ["0", "1", "0.3", "Ca / 1 [uM]"])
def test_a_start_within(value: str) -> None:
    assert said(MILD, value=f" = {value}") == []
