"""Logical lines and blocks: continuation, comments, indentation, and what is kept of a text with errors."""

from __future__ import annotations

import pytest

from iondsl.parser import parse
from iondsl.parser.lines import logical_lines
from iondsl.source import Source
from iondsl.syntax import ANY, Block, Definition
from tests.parser.lines import refusals


def lines(text: str) -> list[tuple[int, str]]:
    return [(line.indent, line.span.text) for line in logical_lines(Source("text.ion", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\nb = 2", [(0, "a = 1"), (0, "b = 2")]),
        ("\n  \n# c\na = 1 # d\n\n", [(0, "a = 1")]),
        ("a = (1 +\n  2)\nb = 3", [(0, "a = (1 +\n  2)"), (0, "b = 3")]),
        ("a =\n  1\n  + 2\nb = 3", [(0, "a =\n  1\n  + 2"), (0, "b = 3")]),
        ("a =  # why\n  1\n\n  # note\n  + 2", [(0, "a =  # why\n  1\n\n  # note\n  + 2")]),
        ("a = f(k =\n 2)", [(0, "a = f(k =\n 2)")]),
        ('a = "x # y" # z', [(0, 'a = "x # y"')]),
        ('a = "(" \nb = ")"', [(0, 'a = "("'), (0, 'b = ")"')]),
        ("p:\n    a = (1\n    b = 2", [(0, "p:"), (4, "a = (1"), (4, "b = 2")]),
    ],
)
def test_logical_lines(text: str, expected: list[tuple[int, str]]) -> None:
    assert lines(text) == expected


def outline(text: str) -> list[object]:
    """Names of definitions, and of blocks with what is inside."""

    def of(body: tuple[object, ...]) -> list[object]:
        return [
            each.name.text if isinstance(each, Definition) else [each.name, *of(each.body)]
            for each in body
            if isinstance(each, Definition | Block)
        ]

    return of(parse(Source("text.ion", text))[0].body)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("part p:\n  a = 1\n  part q:\n      b = 1\n  c = 1\nd = 1", [["p", "a", ["q", "b"], "c"], "d"]),
        ("part p:\npart q:\n a = 1", [["p"], ["q", "a"]]),
        ("part p:\n    part q:\n        part r:\n            a = 1\nb = 1", [["p", ["q", ["r", "a"]]], "b"]),
        ("part p:\n\n\n    # c\n\n    a = 1\n", [["p", "a"]]),
    ],
)
def test_blocks(text: str, expected: list[object]) -> None:
    assert refusals(text) == []
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\nb = = 2\nc = 3", ["a", "c"]),
        ("part p:\n    a = 1\n    b 2 3\n    c = 3\nd = 4", [["p", "a", "c"], "d"]),
        ("part p\n    a = 1\nb = 2", ["b"]),
        ("part p:\n\ta = 1\n    b = 2", [["p", "a", "b"]]),
        ("part p:\n    a = 1\n  b = 2\n    c = 3", [["p", "a", "b", "c"]]),
        ("part p:\n    a = 1\n    b = 2\n  c = 3\n    d = 4", [["p", "a", "b", "d"]]),
        ("x = 1 +\n    2\ny = 3", ["y"]),
    ],
)
def test_what_is_kept_beside_errors(text: str, expected: list[object]) -> None:
    assert refusals(text)
    assert outline(text) == expected


def test_names_of_lost_lines() -> None:
    """They are remembered where they were lost, so that no other line is blamed for using them."""
    read, _ = parse(Source("text.ion", "part p:\n    a 1\nion Na\n    i = 3\nb = = 2\n"))
    block = read.body[0]
    assert isinstance(block, Block)
    assert block.unread == {"a"}
    assert read.unread == {"ion", "Na", "i", "b"}


def test_a_line_that_may_declare_anything() -> None:
    read, _ = parse(Source("text.ion", "= 3\n"))
    assert ANY in read.unread


def test_several_errors_in_the_order_of_the_file() -> None:
    text = 'a = 3 [mVV]\nb = (1\nc = 1)\nd = "x\ne = 1 [uF/cm2] * 2 [foo]\nf = 2 [mV\n'
    assert refusals(text) == [
        ("E107", "unknown unit `mVV`", "mVV"),
        ("E103", "this `(` is never closed", "("),
        ("E103", "this `)` closes nothing", ")"),
        ("E102", "this string is never ended", '"x'),
        ("E107", "unknown unit `cm2`", "cm2"),
        ("E107", "unknown unit `foo`", "foo"),
        ("E101", "this `[` is never closed", "["),
    ]


@pytest.mark.parametrize("line", [*"*='()[]\":,^@.-1", "==", "if"])
def test_a_line_of_one_sign(line: str) -> None:
    """Whatever it is, it is refused in its place."""
    for text in (line, f" {line}", f"{line}\n", f"a = 1\n{line}"):
        (code, message, blamed), *_ = refusals(text)
        assert code.startswith("E10")
        assert message
        assert blamed in (line, "", " ")
