"""Circles in a graph of definitions."""

from __future__ import annotations

import pytest

from iondsl.checks.graph import circles, shown

Graph = dict[str, tuple[str, ...]]


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({}, []),
        ({"a": ("b",), "b": ("c", "elsewhere"), "c": ()}, []),
        ({"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ()}, []),
        ({"a": ("a",)}, [("a",)]),
        ({"a": ("b",), "b": ("c",), "c": ("b",)}, [("b", "c")]),
        ({"a": ("b",), "b": ("a",), "c": ("d",), "d": ("c",)}, [("a", "b"), ("c", "d")]),
    ],
)
def test_circles(graph: Graph, expected: list[tuple[str, ...]]) -> None:
    assert list(circles(graph)) == expected


def test_long_paths_need_no_stack() -> None:
    graph: Graph = {str(k): (str(k + 1),) for k in range(20_000)}
    assert list(circles(graph)) == []


def test_shown() -> None:
    assert shown(("a", "b")) == "`a` -> `b` -> `a`"


def test_a_long_circle_is_shown_without_its_middle() -> None:
    text = shown(tuple(f"x{k}" for k in range(100)))
    assert text.startswith("`x0` -> `x1` -> ")
    assert "... (91 more)" in text
    assert text.endswith(" -> `x99` -> `x0`")
