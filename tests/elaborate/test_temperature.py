"""The temperature that Nernst potentials and `q10` read, in whatever unit it is declared."""

from __future__ import annotations

import math

import pytest

from tests.elaborate.systems import meaning, value

ION = "ion K:\n    z = +1\n    i = 140 [mM]\n    o = 5 [mM]\n"
POTENTIAL = 1000 * 8.31446261815324 * 310.15 / 96485.3321233100184 * math.log(5 / 140)


@pytest.mark.parametrize("written", ["param T = 310.15 [K]", "param T = 310150 [mK]", "temperature = 37 [degC]"])
def test_nernst_potential(written: str) -> None:
    assert value(meaning(f"{written}\n{ION}"), "K.E") == pytest.approx(POTENTIAL, rel=1e-14)


@pytest.mark.parametrize("written", ["param T = 310.15 [K]", "param T = 310150 [mK]", "temperature = 37 [degC]"])
@pytest.mark.parametrize("reference", ["300.15 [K]", "27 [degC]", "low", "low_in_millikelvin", "low + 0 [K]"])
def test_q10(written: str, reference: str) -> None:
    lines = f"{written}\nparam low = 300.15 [K]\nparam low_in_millikelvin = 300150 [mK]\nx = q10(3, {reference})\n"
    assert value(meaning(lines), "x") == pytest.approx(3, rel=1e-13)


def test_a_reference_that_is_the_argument_of_a_function() -> None:
    lines = "temperature = 37 [degC]\nfunction speed(low) = q10(3, low)\nx = speed(300150 [mK])\n"
    assert value(meaning(lines), "x") == pytest.approx(3, rel=1e-13)
