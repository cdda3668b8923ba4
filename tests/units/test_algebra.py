from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl.units import ONE, Unit, UnitError, factor, read_unit, same_dimension


def test_how_a_unit_is_written_does_not_make_it_another() -> None:
    assert read_unit("uA/cm^2") == read_unit("10^-2 A m^-2")
    assert hash(read_unit("mM")) == hash(read_unit("mol/m^3"))
    assert read_unit("mV") != read_unit("V")
    assert len({read_unit("1/ms"), read_unit("kHz"), read_unit("mS/uF")}) == 1


def test_products_and_quotients() -> None:
    assert read_unit("mS/cm^2") * read_unit("mV") == read_unit("uA/cm^2")
    assert read_unit("uA/cm^2") / read_unit("uF/cm^2") == read_unit("mV/ms")
    assert read_unit("mV") / read_unit("mV") == ONE


def test_computed_units_carry_no_text_of_an_author() -> None:
    milliseconds = read_unit("ms")
    assert [each.text for each in (milliseconds * ONE, milliseconds / ONE, milliseconds**1)] == ["", "", ""]


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        ("cm", 2, "cm^2"),
        ("ms", -1, "1/ms"),
        ("mV", 0, "1"),
        ("cm^2", Fraction(1, 2), "cm"),
        ("um^3", Fraction(2, 3), "um^2"),
        ("mM^2", Fraction(-1, 2), "1/mM"),
        ("mM", Fraction(1, 2), "mol^(1/2)/m^(3/2)"),
        ("10^90 m^2", Fraction(1, 2), "10^45 m"),  # beyond what a float root gets right
    ],
)
def test_powers(base: str, exponent: int | Fraction, expected: str) -> None:
    assert read_unit(base) ** exponent == read_unit(expected)


def test_one_to_any_power_is_one() -> None:
    assert ONE**1000 == ONE
    assert ONE ** Fraction(1, 10**30) == ONE


@pytest.mark.parametrize("exponent", [Fraction(1, 2), Fraction(3, 4), Fraction(1, 10**30)])
def test_a_root_that_is_not_exact_is_refused(exponent: Fraction) -> None:
    with pytest.raises(UnitError, match="no exact root"):
        read_unit("mM mV") ** exponent


def test_absurd_powers_are_refused_before_they_are_computed() -> None:
    with pytest.raises(UnitError, match="an exponent is beyond 99"):
        read_unit("ms") ** 10**9
    with pytest.raises(UnitError, match="out of range"):
        read_unit("GHz^30") ** -99
    with pytest.raises(UnitError, match="out of range"):
        read_unit("GHz^30") * read_unit("GHz^30")
    with pytest.raises(UnitError, match="out of range"):
        read_unit("1/GHz^30") / read_unit("GHz^30")


def test_same_dimension() -> None:
    assert same_dimension(read_unit("mM"), read_unit("mol/um^3"))
    assert not same_dimension(read_unit("uA"), read_unit("uA/cm^2"))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("mS/cm^2", "S/m^2", Fraction(10)),
        ("mV", "V", Fraction(1, 1000)),
        ("mV", "ms A Ohm/s", Fraction(1)),
        ("mM", "mol/m^3", Fraction(1)),
        ("min", "ms", Fraction(60000)),
        ("1/s", "1/ms", Fraction(1, 1000)),
        ("um^3", "fL", Fraction(1)),
        ("A/F", "mV/ms", Fraction(1)),
        ("uA/cm^2", "pA/um^2", Fraction(1, 100)),
        ("kcal/mol", "kJ/mol", Fraction(4184, 1000)),
        ("%", "1", Fraction(1, 100)),
        # A current density into a shell of 1 um, over F in C/mol: the 10/(z F d) of the literature.
        ("uA/cm^2 / (C/mol um)", "mM/ms", Fraction(10)),
    ],
)
def test_factor(a: str, b: str, expected: Fraction) -> None:
    assert factor(read_unit(a), read_unit(b)) == expected
    assert factor(read_unit(b), read_unit(a)) == 1 / expected


def test_no_factor_between_dimensions() -> None:
    with pytest.raises(UnitError, match="`mV` and `1/ms` have different dimensions"):
        factor(read_unit("mV"), ONE / read_unit("ms"))


def test_an_error_says_what_where_and_how() -> None:
    error = UnitError("wrong", 2, 5, "write it right")
    assert str(error) == error.message == "wrong"
    assert (error.start, error.end, error.cure) == (2, 5, "write it right")


def test_text_is_what_the_author_wrote() -> None:
    assert str(read_unit(" mM cm^2/(uA  s) ")) == "mM cm^2/(uA  s)"
    assert str(Unit(ONE.scale, ONE.dimension)) == "1"
