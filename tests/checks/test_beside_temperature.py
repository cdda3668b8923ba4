"""W406: numbers without a unit that the temperature is added to or compared with; W404 has those that are cold."""

from __future__ import annotations

import pytest

from tests.checks.lints import places, warnings

LINES = """
temperature = 36 [degC]
function by_hand(x) = 3^((x - 310) / 10 [K])
{line}
"""


def lines(line: str) -> str:
    return LINES.format(line=line)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("x [1] = 3^((T - 310) / 10)", "310"),
        ("x [1] = 3^((309.15 - T) / 10)", "309.15"),
        ("x [K] = T - 273.15", "273.15"),
        ("x = 1 if T > 310 else 2", "310"),
        ("x = min(T, 300)", "300"),
        ("event fever = 312 < T", "312"),
        ("x = by_hand(T)", "by_hand(T)"),
        ("x [1] = 3^((T - 1 [K] - 309) / 10)", "309"),
    ],
)
def test_found(line: str, place: str) -> None:
    assert places("W406", lines(line)) == [place]
    assert places("W404", lines(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "x [1] = 3^((T - 310 [K]) / 10)",
        "x = q10(3, 36 [degC])",
        "x = T / 310",
        "x [1] = T / 310 [K] - 1",
        "x = 1 if T > 310 [K] else 2",
        "param T_0 = 310 [K]\nx [1] = 3^((T - T_0) / 10)",
        "x = 1 if T > 0 else 2",
        "celsius [1] = (T as [1]) - 273.15",
        "param room [K] = 295",
    ],
)
def test_silent(line: str) -> None:
    assert places("W406", lines(line)) == []


@pytest.mark.parametrize("line", ["x [1] = 3^((T - 37) / 10)", "x = 1 if T > 37 else 2"])
def test_degrees_are_told_once(line: str) -> None:
    assert places("W406", lines(line)) == []
    assert places("W404", lines(line)) == ["37"]


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        (
            "x [1] = 3^((T - 310) / 10)",
            "write `310 [K]`, or `q10(factor, 36.85 [degC])` if this is a temperature factor",
        ),
        ("x = 1 if T > 310 else 2", "write `310 [K]`"),
        ("x [K] = T - 273.15", "write `273.15 [K]`"),
    ],
)
def test_the_cure(line: str, cure: str) -> None:
    (found,) = warnings("W406", lines(line))
    assert found.cure == cure
