"""Places in a text."""

from __future__ import annotations

import pytest

from iondsl.source import Source, Span

TEXT = "one\ntwo\n\nfour"


@pytest.mark.parametrize(
    ("position", "place"),
    [(0, (1, 1)), (3, (1, 4)), (4, (2, 1)), (8, (3, 1)), (9, (4, 1)), (len(TEXT), (4, 5))],
)
def test_line_and_column(position: int, place: tuple[int, int]) -> None:
    assert Source("a", TEXT).line_column(position) == place


def test_lines() -> None:
    source = Source("a", TEXT)
    assert [source.line_text(line) for line in (1, 2, 3, 4)] == ["one", "two", "", "four"]
    assert Source("a", "").line_text(1) == ""


def test_spans() -> None:
    source = Source("a", TEXT)
    two = Span(source, 4, 7)
    assert (two.text, two.line) == ("two", 2)
    assert two.to(Span(source, 9, 13)).text == "two\n\nfour"
    assert two.part(1, 3).text == "wo"
