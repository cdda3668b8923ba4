"""Walking and rewriting expressions, however deep they are."""

from __future__ import annotations

import pytest

from iondsl import traversal
from iondsl.source import Source, Span
from iondsl.syntax import Expression, Name, Number, Unary
from iondsl.traversal import depth, holds, remembered, rewrite, same, unfold, walk
from tests.parser.lines import expression, shape

SPAN = Span(Source("a", ""), 0, 0)
DEEP = 5000


def deep() -> Expression:
    node: Expression = Number("1", None, SPAN)
    for _ in range(DEEP):
        node = Unary("-", node, SPAN)
    return node


def doubled(node: Expression) -> Expression:
    return Number(str(2 * int(node.text)), None, node.span) if isinstance(node, Number) else node


def test_walk_from_the_outside_and_left_to_right() -> None:
    found = [node.span.text for node in walk(expression("f(a, k = b) - 2"))]
    assert found == ["f(a, k = b) - 2", "f(a, k = b)", "a", "b", "2"]


def test_rewrite_from_the_inside() -> None:
    node = expression("1 + f(2, k = -3) * (4 if 5 < 6 else 7) in [mV]")
    numbers = [each.text for each in walk(rewrite(node, doubled)) if isinstance(each, Number)]
    assert numbers == ["2", "4", "6", "8", "10", "12", "14"]


def test_unfold_goes_on_in_what_was_put_in() -> None:
    def change(node: Expression) -> Expression:
        return expression("b + c") if isinstance(node, Name) and node.text == "a" else doubled_name(node)

    assert shape(unfold(expression("a * c"), change)) == "((b + d) * d)"


def doubled_name(node: Expression) -> Expression:
    return expression("d") if isinstance(node, Name) and node.text == "c" else node


def test_what_does_not_change_is_the_same_object() -> None:
    node = expression("a + exp(b)")
    assert rewrite(node, lambda each: each) is node


def test_no_recursion() -> None:
    node = deep()
    assert depth(node) == DEEP + 1
    assert sum(1 for _ in walk(node)) == DEEP + 1
    assert depth(rewrite(node, doubled)) == DEEP + 1


def test_same_wherever_it_stands() -> None:
    assert same(expression("a + 2 [mV]"), expression("  a  +  2 [mV]"))
    assert not same(expression("a + 2 [mV]"), expression("a + 2 [V]"))
    assert not same(expression("a + b"), expression("a - b"))


def test_holds() -> None:
    assert holds(expression("1 - f(a, k = -b)"), Unary)
    assert not holds(expression("1 - f(a, k = b)"), Unary)
    assert holds(deep(), Number)


def test_remembered_by_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traversal, "MOST_REMEMBERED", 2)
    asked: list[Expression] = []

    @remembered
    def text(node: Expression) -> str:
        asked.append(node)
        return node.span.text

    first, other = expression("a + b"), expression("a + c")
    assert [text(each) for each in (first, other, first, other)] == ["a + b", "a + c"] * 2
    assert len(asked) == 2
    assert [text(expression(each)) for each in "abc"] == ["a", "b", "c"]
    assert (text(first), len(asked)) == ("a + b", 6)
