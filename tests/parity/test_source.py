"""The source's side of a comparison: its right side in doubles, its spans, and CellML files that import others."""

from __future__ import annotations

from pathlib import Path

import myokit
import pytest
from mpmath import mpf

from tests.parity import exact
from tests.parity.ours import noises
from tests.parity.source import edges, source
from tests.parity.spans import Span, spans

FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize("name", ["noble-1962.mmt", "conditional-1.0.cellml", "hodgkin-huxley-1952-2.0.cellml"])
def test_right_sides_are_those_of_the_exact_evaluator(name: str) -> None:
    found = source(FILES / name)
    rates = found.rates(0.0, found.start.tolist(), 0.0)
    expected = exact.derivatives(found.model, exact.initial_state(found.model))
    for rate, (state, number) in zip(rates, expected.items(), strict=True):
        assert noises(rate, exact.digits(number.value), exact.digits(number.error)) <= 1, state


def test_spans_end_where_a_protocol_jumps() -> None:
    found = source(FILES / "beeler-1977-units.mmt")
    assert spans(found) == (Span(0, 100, 0), Span(100, 102, 1), Span(102, 600, 0))


def test_spans_end_where_conditions_on_time_change() -> None:
    cut = spans(source(FILES / "hodgkin-huxley-1952-1.1.cellml"))
    assert [(each.begin, each.end) for each in cut] == [(0, 10), (10, pytest.approx(11)), (pytest.approx(11), 510)]


def test_a_source_without_a_jump_is_one_span() -> None:
    assert spans(source(FILES / "noble-1962.mmt")) == (Span(0, 2000, 0),)


def test_events_repeat() -> None:
    one, many, few = (myokit.ProtocolEvent(1, 5, 2, period, count) for period, count in ((0, 0), (100, 0), (100, 2)))
    assert edges([one], 250) == {5, 7}
    assert edges([many], 250) == {5, 7, 105, 107, 205, 207}
    assert edges([few], 250) == {5, 7, 105, 107}


def test_imports_are_put_in() -> None:
    """The same in both versions, and at the half activation of h, where alpha is exp(-1.5) of its value at -65 mV."""
    first, second = (exact.read(FILES / f"hodgkin-huxley-1952-{version}.cellml") for version in ("1.1", "2.0"))
    state = {**exact.initial_state(first), "membrane.V": "-35", "h_gate.h": "0.5"}
    found = exact.derivatives(first, state)
    assert found == exact.derivatives(second, state)
    expected = mpf("0.035") * mpf(2.718281828459045) ** mpf("-1.5") - mpf("0.25")
    assert float(found["h_gate.h"].value) == pytest.approx(float(expected), rel=1e-15)
