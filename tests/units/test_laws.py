"""Laws of the algebra, on units composed at random."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import mul

from hypothesis import given
from hypothesis import strategies as st

from iondsl.units import ONE, Unit, factor, read_unit, same_dimension
from iondsl.units.table import names

exponents = st.integers(-2, 2)
powers = st.builds(pow, st.sampled_from(names()).map(read_unit), exponents)
units = st.lists(powers, max_size=3).map(lambda factors: reduce(mul, factors, ONE))


@given(units, units)
def test_division_undoes_multiplication(a: Unit, b: Unit) -> None:
    assert (a * b) / b == a
    assert a * b == b * a
    assert a / b == a * b**-1


@given(units, units, units)
def test_multiplication_is_associative(a: Unit, b: Unit, c: Unit) -> None:
    assert (a * b) * c == a * (b * c)


@given(units, st.integers(-3, 3), st.integers(1, 3))
def test_roots_undo_powers(a: Unit, n: int, root: int) -> None:
    assert (a**root) ** Fraction(n, root) == a**n


@given(units, units, units)
def test_factors_chain(a: Unit, b: Unit, scaled: Unit) -> None:
    a, b = (Unit(each.scale, scaled.dimension) for each in (a, b))
    assert same_dimension(a, b)
    assert factor(a, b) * factor(b, scaled) == factor(a, scaled)


@given(units)
def test_the_text_of_a_computed_unit_reads_as_that_unit(a: Unit) -> None:
    computed = a / ONE
    assert computed.text == ""
    if Fraction(1, 10**90) < computed.scale < 10**90:  # beyond, its power of ten is not read
        assert read_unit(str(computed)) == computed
        assert str(read_unit(str(computed))) == str(computed)
