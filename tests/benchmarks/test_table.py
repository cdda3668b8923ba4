"""Lines of the table that the benchmarks print."""

from __future__ import annotations

import pytest

from benchmarks.table import Column, Row, at_least, at_most, grid_markdown, markdown, number


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (Row("a", "b", 1.234, at_least(1.2)), ("a", "b", "≥ 1.2x", "1.23x", "yes", "")),
        (Row("a", "b", 1.234, at_most(1.2)), ("a", "b", "≤ 1.2x", "1.23x", "**no**", "")),
        (Row("a", "b", 0.0123, unit=" s", rates="c"), ("a", "b", "", "0.012 s", "", "c")),
    ],
)
def test_a_row_says_what_is_wanted_and_whether_it_is_met(row: Row, cells: tuple[str, ...]) -> None:
    assert row.cells() == cells


def test_nan_meets_nothing() -> None:
    assert not at_least(1.0).holds(float("nan"))
    assert not at_most(1.0).holds(float("nan"))


@pytest.mark.parametrize(("value", "text"), [(123.4, "123"), (12.34, "12.3"), (1.234, "1.23"), (0.01234, "0.012")])
def test_numbers_have_three_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_markdown_has_one_line_per_row() -> None:
    head, rule, line = markdown([Row("a", "b", 2, rates="1 to 2")], "rate").splitlines()
    assert head == "|  | against | wanted | measured | met | rate |"
    assert rule == "| --- | --- | --- | --- | --- | --- |"
    assert line == "| a | b |  | 2.00x |  | 1 to 2 |"


def test_a_grid_has_one_line_per_title() -> None:
    columns = [Column("one cell", {"numba": "2x", "C": "1x"}), Column("100 cells", {"numba": "3x", "C": "1x"})]
    head, rule, *lines = grid_markdown("A model", columns).splitlines()
    assert head == "| A model | one cell | 100 cells |"
    assert rule == "| --- | --- | --- |"
    assert lines == ["| numba | 2x | 3x |", "| C | 1x | 1x |"]
