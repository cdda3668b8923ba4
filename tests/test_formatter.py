"""Text that the formatter writes is read back as the same expression, and holds no needless parenthesis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iondsl.formatter import text
from iondsl.parser.line import parse_line
from iondsl.source import Source, Span
from iondsl.syntax import (
    Binary,
    Call,
    Compare,
    Conditional,
    Convert,
    Definition,
    Expression,
    Keyword,
    Logic,
    Name,
    Not,
    Number,
    Prime,
    Unary,
    UnitLiteral,
)
from iondsl.traversal import same
from iondsl.units import read_unit

NOWHERE = Span(Source("", ""), 0, 0)


def read(written: str) -> Expression:
    line = f"x = {written}"
    parsed = parse_line(Span(Source("test", line), 0, len(line)))
    assert isinstance(parsed.statement, Definition), parsed.findings
    assert parsed.statement.value is not None
    return parsed.statement.value


CANONICAL = (
    "0.07 * exp(-(V + 65) / 20)",
    "q10(3, 6.3 [degC])",
    "I_Na.g * I_Na.m^3 * I_Na.h * (V - Na.E)",
    "-x^2",
    "(-x)^2",
    "2^-x",
    "a^b^c",
    "(a^b)^c",
    "a - (b - c) - d",
    "a / b / (c * d)",
    "a * -b",
    "-(a * b)",
    "-a * b",
    "--a",
    "1e-3 [mM cm^2/(uA ms)] * I'",
    "f(x, k = 2 if a else 3)",
    "a if b < c and not d or e == f else g if h else i",
    "(a if b else c) if d else e",
    "not (a and b)",
    "(a or b) and c",
    "(a + b in [mV]) * 2",
    "V as [1] > 0 [mV] in [V]",
)


@pytest.mark.parametrize("written", CANONICAL)
def test_canonical_text_stays(written: str) -> None:
    assert text(read(written)) == written


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("((a))*(b)", "a * b"),
        ("a+(b*c)", "a + b * c"),
        ("(a^2)*(b^(-1))", "a^2 * b^-1"),
        ("exp( (x) )", "exp(x)"),
        ("2[ mV ]", "2 [mV]"),
    ],
)
def test_needless_parentheses_and_spaces_go(written: str, canonical: str) -> None:
    assert text(read(written)) == canonical


def literal(unit: str) -> UnitLiteral:
    return UnitLiteral(read_unit(unit), NOWHERE)


def name(path: str) -> Name:
    return Name(tuple(path.split(".")), NOWHERE)


LEAVES = st.one_of(
    st.sampled_from(("V", "I_Na.m", "beta")).map(name),
    st.sampled_from(("0.07", "7e-02", "120")).map(lambda digits: Number(digits, None, NOWHERE)),
    st.sampled_from(("mV", "mS/cm^2")).map(lambda unit: Number("2", literal(unit), NOWHERE)),
    st.just(Number("6.3", UnitLiteral(read_unit("K"), NOWHERE, offset=True), NOWHERE)),
    st.just(Prime(name("Ca.i"), NOWHERE)),
)


def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    nowhere = st.just(NOWHERE)
    words = st.builds(Keyword, st.just("k"), inner, nowhere)
    return st.one_of(
        st.builds(Unary, st.sampled_from("+-"), inner, nowhere),
        st.builds(Binary, st.sampled_from("+-*/^"), inner, inner, nowhere),
        st.builds(Compare, st.sampled_from(("<", "<=", "==", "!=")), inner, inner, nowhere),
        st.builds(Logic, st.sampled_from(("and", "or")), inner, inner, nowhere),
        st.builds(Not, inner, nowhere),
        st.builds(Conditional, inner, inner, inner, nowhere),
        st.builds(Convert, st.sampled_from(("in", "as")), inner, st.just(literal("mV")), nowhere),
        st.builds(Call, st.just(name("f")), st.tuples(inner), st.tuples() | st.tuples(words), nowhere),
    )


EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(LEAVES, larger, max_leaves=12)


@given(EXPRESSIONS)
def test_what_is_written_is_read_back(expression: Expression) -> None:
    assert same(read(text(expression)), expression)
