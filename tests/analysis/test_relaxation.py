"""The polynomials of gates against 40 digits: one step, and the error that a run adds up."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from iondsl.analysis.relaxation import MAX_DEGREE, relaxation, rounded_up

WIDTHS = (1e-6, 0.0031, 0.012, 0.2, 0.875, 1.3, 1.9, 2.5)
TOLERANCE = 1e-9


def phi(w: mpmath.mpf) -> mpmath.mpf:
    return -mpmath.expm1(-w) / w if w else mpmath.mpf(1)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_proven_error_holds_and_is_no_exaggeration(width: float) -> None:
    found = relaxation(width, TOLERANCE)
    assert found is not None
    assert width <= found.width <= 1.07 * width
    assert found.error < TOLERANCE
    with mpmath.workdps(40):
        points = [mpmath.mpf(found.width) * n / 1000 for n in range(1001)]
        coefficients = [mpmath.mpf(each) for each in reversed(found.coefficients)]
        values = [mpmath.polyval(coefficients, w) for w in points]
        largest = max(abs(value - phi(w)) for value, w in zip(values, points, strict=True))
        assert largest / min(values) <= found.error * (1 + mpmath.mpf("1e-9"))
    assert found.error <= 1.2 * float(largest / min(values)) + 1e-16


@pytest.mark.parametrize("width", WIDTHS)
def test_no_lower_degree_would_do(width: float) -> None:
    """The best polynomial of one degree less is wrong by more, by de la Vallee Poussin's theorem."""
    found = relaxation(width, TOLERANCE)
    assert found is not None
    degree = found.degree - 1
    if degree < 0:
        return
    with mpmath.workdps(40):
        _, error = mpmath.chebyfit(phi, [0, width], degree + 1, error=True)
    assert float(error) > 0.4 * TOLERANCE


def test_the_error_of_a_run_stays_below_the_bound() -> None:
    """Steps of any length up to the width, towards steady states that jump from end to end."""
    generator = np.random.default_rng(7)
    for width in (0.05, 0.9, 2.0):
        found = relaxation(width, TOLERANCE)
        assert found is not None
        exact = fast = np.full(50, 0.5)
        worst = 0.0
        for _ in range(3000):
            w, steady = generator.uniform(0, width, 50), generator.integers(0, 2, 50)
            exact = steady + (exact - steady) * np.exp(-w)
            fast = fast + w * np.polyval(found.coefficients[::-1], w) * (steady - fast)
            worst = max(worst, float(np.abs(fast - exact).max()))
        assert 0 < worst <= found.error + 1e-14


@pytest.mark.parametrize("width", [0.0, 3.9, 100.0, float("inf"), float("nan")])
def test_where_nothing_is_proven(width: float) -> None:
    assert relaxation(width, TOLERANCE) is None


def test_widths_are_rounded_up() -> None:
    assert MAX_DEGREE == 9
    for width in WIDTHS:
        assert width <= rounded_up(width) < 1.07 * width
