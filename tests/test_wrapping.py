"""Where long lines are broken."""

from __future__ import annotations

from iondsl.wrapping import wrap


def test_a_short_line_stays() -> None:
    assert wrap("a = b + c", 20, "  ", "  ") == ["  a = b + c"]


def test_the_outermost_and_loosest_operator_is_the_place() -> None:
    line = "x = aaaa * (bbbb + cccc) + dddd * (eeee + ffff)"
    assert wrap(line, 40, "", "    ") == ["x = aaaa * (bbbb + cccc)", "    + dddd * (eeee + ffff)"]


def test_conditions_are_broken_at_their_words() -> None:
    assert wrap("x = aaaaaaaa * bbbbbbbb if V > 0 else c", 30, "", "  ") == [
        "x = aaaaaaaa * bbbbbbbb",
        "  if V > 0 else c",
    ]


def test_arguments_are_broken_behind_commas() -> None:
    line = "x = pulse(start = 5 [ms], width = 40 [ms], height = 10 [uA/cm^2])"
    assert wrap(line, 50, "", "  ") == [
        "x = pulse(start = 5 [ms], width = 40 [ms],",
        "  height = 10 [uA/cm^2])",
    ]


def test_units_stay_whole() -> None:
    assert wrap("x = 2 [mM cm^2 / (uA ms)] * I", 12, "", "") == ["x = 2 [mM cm^2 / (uA ms)]", "* I"]
    assert wrap('x = file("a + b")', 10, "", "") == ['x = file("a + b")']
