"""W311 and E322: found where products differ, and silent where they are the same but for rounding."""

from __future__ import annotations

import pytest

from iondsl.pipeline import examine
from iondsl.source import Source

SQUARE = """model square:
membrane:
    state V = -65 [{unit}]
    C = 1 [uF/cm^2]
markov k:
    states A, B, C, D
    {slope}
    a = 0.3 * exp((V in [mV]) / 20 [mV])
    A <-> B : 2 * a, 0.1
    D <-> C : a, {last}
    A <-> D : 0.7 * exp(-(V in [mV]) / 33 [mV]), 3.1
    B <-> C : 0.7 * exp(-(V in [mV]) / 33 [mV]), 3.1
"""


def codes(last: str, slope: str = "", unit: str = "mV") -> list[str]:
    _, findings = examine(Source("square.ion", SQUARE.format(last=last, slope=slope, unit=unit)))
    return [finding.code for finding in findings if finding.code != "W202"]  # not all lines read all that is there


@pytest.mark.parametrize(
    ("last", "slope"),
    [
        ("0.1 / 2", ""),
        ("0.05", ""),
        ("0.1 * a / (2 * a)", ""),
        ("p", "param p = 0.05 [1/ms]"),
        ("p", "param p = 50 [1/s]"),
        ("0.05 * (V + 40 [mV]) / (V + 40 [mV])", ""),
    ],
)
def test_silent(last: str, slope: str) -> None:
    assert codes(last, slope) == []


@pytest.mark.parametrize("last", ["0.1", "0.0500001", "0.05 * exp(V / 1e6 [mV])"])
def test_found(last: str) -> None:
    assert codes(last) == ["W311"]


def test_found_whatever_the_unit_of_the_potential() -> None:
    assert codes("0.1", unit="V") == ["W311"]


@pytest.mark.parametrize("last", ["0 * a", "drug"])
def test_nothing_is_said_where_a_rate_is_0_or_unknown(last: str) -> None:
    assert codes(last, "input drug [1/ms]") == []


def test_loops_that_only_go_one_way_are_driven() -> None:
    lines = "markov k:\n    states A, B, C\n    A -> B : 1\n    B -> C : 2\n    C -> A : 3\n"
    assert examine(Source("cycle.ion", f"model cycle:\n{lines}"))[1] == ()
