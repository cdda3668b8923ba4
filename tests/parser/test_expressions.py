"""Precedence, associativity and the exact span of every node."""

from __future__ import annotations

import pytest

from iondsl.syntax import (
    Binary,
    Call,
    Compare,
    Conditional,
    Convert,
    Expression,
    Logic,
    Name,
    Not,
    Number,
    Prime,
    String,
    Unary,
)
from iondsl.traversal import walk
from tests.parser.lines import expression, shape


@pytest.mark.parametrize(
    ("text", "structure"),
    [
        ("a + b - c", "((a + b) - c)"),
        ("a - b + c", "((a - b) + c)"),
        ("a / b / c", "((a / b) / c)"),
        ("a * b / c * d", "(((a * b) / c) * d)"),
        ("a + b * c", "(a + (b * c))"),
        ("a ^ b ^ c", "(a ^ (b ^ c))"),
        ("-a ^ 2", "(-(a ^ 2))"),
        ("2 ^ -x", "(2 ^ (-x))"),
        ("2 ^ -x ^ 3", "(2 ^ (-(x ^ 3)))"),
        ("-a * b", "((-a) * b)"),
        ("a * -b", "(a * (-b))"),
        ("a - -b", "(a - (-b))"),
        ("--a", "(-(-a))"),
        ("+a", "(+a)"),
        ("(a + b) * c", "((a + b) * c)"),
        ("a - (b - c)", "(a - (b - c))"),
        ("exp(-V / 10) + 1", "(Call(((-V) / 10)) + 1)"),
        ("f(a, k = b)", "Call(a, b)"),
        ("a < b + c", "Compare(a, (b + c))"),
        ("a if b < c else d", "Conditional(a, Compare(b, c), d)"),
        ("a if p < 1 else b if q < 1 else c", "Conditional(a, Compare(p, 1), Conditional(b, Compare(q, 1), c))"),
        ("a + 1 if p < 1 else b + 1", "Conditional((a + 1), Compare(p, 1), (b + 1))"),
        ("1 if a < b and c < d or e < f else 2",
         "Conditional(1, Logic(Logic(Compare(a, b), Compare(c, d)), Compare(e, f)), 2)"),
        ("1 if a < b or c < d and e < f else 2",
         "Conditional(1, Logic(Compare(a, b), Logic(Compare(c, d), Compare(e, f))), 2)"),
        ("1 if not a < b and c < d else 2", "Conditional(1, Logic(Not(Compare(a, b)), Compare(c, d)), 2)"),
        ("1 if not (a < b and c < d) else 2", "Conditional(1, Not(Logic(Compare(a, b), Compare(c, d))), 2)"),
        ("a + b in [mV]", "Convert((a + b))"),
        ("a in [mV] as [V]", "Convert(Convert(a))"),
        ("a in [mV] < b", "Compare(Convert(a), b)"),
        ("2 [mV] ^ 2", "(2 [mV] ^ 2)"),
        ("-2 [mV]", "(-2 [mV])"),
        ("x' + x", "(Prime(x) + x)"),
    ],
)  # fmt: skip
def test_structure(text: str, structure: str) -> None:
    assert shape(expression(text)) == structure


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("a + (b * c) - d", Binary, "a + (b * c) - d"),
        ("(a + b) * c", Binary, "(a + b) * c"),
        ("((a + b))", Binary, "a + b"),
        ("-(a + b)", Unary, "-(a + b)"),
        ("not (a < b)", Not, "not (a < b)"),
        ("a < (b)", Compare, "a < (b)"),
        ("a < b and (c < d)", Logic, "a < b and (c < d)"),
        ("a if (b < c) else d", Conditional, "a if (b < c) else d"),
        ("exp( a , b )", Call, "exp( a , b )"),
        ("(a) in [mV]", Convert, "(a) in [mV]"),
        ("2.5e-3 [mS / cm^2]", Number, "2.5e-3 [mS / cm^2]"),
        ("I_Na.m.alpha", Name, "I_Na.m.alpha"),
        ("x '", Prime, "x '"),
        ('file("a b")', Call, 'file("a b")'),
    ],
)
def test_span(text: str, kind: type[Expression], span: str) -> None:
    node = expression(text)
    assert isinstance(node, kind)
    assert node.span.text == span


def test_spans_of_operands() -> None:
    node = expression("g * m^3 * (V - E)  # a comment")
    assert [each.span.text for each in walk(node)] == [
        *("g * m^3 * (V - E)", "g * m^3", "g", "m^3", "m", "3", "V - E", "V", "E"),
    ]


def test_parts_of_a_call() -> None:
    call = expression("pulse(start = 5 [ms], width = 2 * w)")
    assert isinstance(call, Call)
    assert call.function.span.text == "pulse"
    assert [(word.name, word.span.text, word.value.span.text) for word in call.keywords] == [
        ("start", "start = 5 [ms]", "5 [ms]"),
        ("width", "width = 2 * w", "2 * w"),
    ]


@pytest.mark.parametrize("digits", ["0", "12", "0.5", ".5", "5.", "1e3", "1E-3", "1.5e+10", "007"])
def test_numbers_keep_their_digits(digits: str) -> None:
    node = expression(digits)
    assert isinstance(node, Number)
    assert node.text == digits


def test_unit_of_a_number() -> None:
    node = expression("6.3 [degC]")
    assert isinstance(node, Number)
    assert node.unit is not None
    assert node.unit.offset
    assert node.unit.span.text == "[degC]"


def test_strings() -> None:
    node = expression('"current.csv"')
    assert isinstance(node, String)
    assert node.text == "current.csv"


@pytest.mark.parametrize("name", ["note", "inner", "order", "iff", "E", "in_", "if_", "as1", "android", "x.if"])
def test_names_that_begin_with_a_reserved_word(name: str) -> None:
    assert isinstance(expression(name), Name)
