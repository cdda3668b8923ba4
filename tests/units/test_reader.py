from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iondsl.units import UnitError, read_unit
from iondsl.units.table import names


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("mM cm^2/(uA s)", "mM*cm^2/(uA*s)"),
        ("mM cm^2/uA s", "((mM*cm^2)/uA)*s"),
        ("J/mol/K", "J/(mol*K)"),
        ("J/mol K", "(J/mol)*K"),
        ("1/mM^2/ms", "(1/(mM^2))/ms"),
        ("mS*cm^-2", "mS/cm^2"),
        ("mS cm^-2", "mS/cm^2"),
        ("mV^2 ms", "(mV^2)*ms"),
        ("(mV ms)^2", "mV^2 ms^2"),
        ("2 ms^2", "2*(ms^2)"),
        ("10^-3 mM", "uM"),
        ("1000 mV", "V"),
        ("0.001 V", "mV"),
        (".5 s", "500 ms"),
        ("10^-3/ms", "1/s"),
        ("m^(1/2)", "m^0.5"),
        ("m^(-1/2)", "1/m^.5"),
        ("m^+2", "m^2"),
        ("m ^ 2", "m^2"),
        ("m^(2)", "m*m"),
        ("ms^0", "1"),
        ("\tmS / cm ^ ( 2 ) ", "mS/cm^2"),
        ("( ( mV ) )", "mV"),
        ("\u00b5A/cm^2", "uA/cm^2"),
        ("mV^99/mV^98", "mV"),
        ("A/m^2/100", "uA/cm^2"),
    ],
)
def test_precedence_and_forms(text: str, same: str) -> None:
    assert read_unit(text) == read_unit(same)


def test_nested_up_to_the_limit() -> None:
    assert read_unit("(" * 20 + "mV" + ")" * 20) == read_unit("mV")


@pytest.mark.parametrize(
    ("text", "message", "start", "end", "cure"),
    [
        ("", "empty unit", 0, 0, "a dimensionless quantity has `[1]` or no brackets"),
        (" \t", "empty unit", 0, 2, "a dimensionless quantity has `[1]` or no brackets"),
        (
            "x" * 201, "a unit has at most 200 characters, this one 201", 0, 201,
            "name the quantity in simpler units",
        ),
        ("mv", "unknown unit `mv`", 0, 2, "did you mean `mV`?"),
        ("uA / Cm^2", "unknown unit `Cm`", 5, 7, "did you mean `cm`?"),
        ("mS/cm2", "unknown unit `cm2`", 3, 6, "did you mean `cm^2`?"),
        ("mV/", "a unit is missing after `/`", 2, 3, ""),
        ("mV * ", "a unit is missing after `*`", 3, 4, ""),
        ("/ms", "a unit is missing before `/`", 0, 1, "write `1/ms` for a rate"),
        ("mV//ms", "a unit is missing before `/`", 3, 4, ""),
        ("mV (/ms)", "a unit is missing before `/`", 4, 5, ""),
        ("^2", "a unit is missing before `^`", 0, 1, ""),
        ("()", "empty parentheses", 0, 2, ""),
        ("mV/( )", "empty parentheses", 3, 6, ""),
        ("mM/(uA s", "`(` is never closed", 3, 4, "add a `)`"),
        ("(m/(s K)", "`(` is never closed", 0, 1, "add a `)`"),
        ("mV ms)", "`)` closes nothing", 5, 6, ""),
        ("(" * 21 + "mV", "parentheses are nested deeper than 20", 20, 21, ""),
        ("mV(ms)", "a space, `*` or `/` is missing before `(`", 2, 3, ""),
        ("(mV)ms", "a space, `*` or `/` is missing before `ms`", 4, 6, ""),
        ("mV^", "an exponent is missing after `^`", 2, 3, "write `^2`, `^-1` or `^(1/2)`"),
        ("mV^(1/", "an exponent is missing after `/`", 5, 6, "write `^2`, `^-1` or `^(1/2)`"),
        ("mV^n", "`n` is no exponent", 3, 4, "write `^2`, `^-1` or `^(1/2)`"),
        ("mV^--1", "`-` is no exponent", 4, 5, "write `^2`, `^-1` or `^(1/2)`"),
        ("m^(1/2", "`(` is never closed", 2, 3, "add a `)`"),
        ("m^(1 2)", "unexpected `2`", 5, 6, ""),
        ("m^1/2", "ambiguous fraction after `^`", 2, 5, "write `^(1/2)`, or put the power in parentheses"),
        ("m^-3/2", "ambiguous fraction after `^`", 2, 6, "write `^(-3/2)`, or put the power in parentheses"),
        ("m^(1/0)", "an exponent divided by zero", 5, 6, ""),
        ("m^2^3", "a second `^`", 3, 4, "use parentheses"),
        ("s m^100", "an exponent is beyond 99", 4, 7, ""),
        ("m^(-199/2) s", "an exponent is beyond 99", 2, 10, ""),
        ("s GHz^99", "the scale of this unit is out of range", 2, 8, ""),
        ("(km^90 km^90) s", "the scale of this unit is out of range", 1, 12, ""),
        (
            "s mV^0.5", "the scale of this unit has no exact root of this degree", 2, 8,
            "take the root of an SI unit without prefix",
        ),
        ("0 mV", "a unit cannot be zero", 0, 1, ""),
        ("mV/0.0", "a unit cannot be zero", 3, 6, ""),
        ("1e-3 mM", "`1e` is no number", 0, 2, "write a power of ten as `10^-3`"),
        ("2mM", "`2mM` is no number", 0, 3, "put a space between a number and a unit"),
        ("1.2.3", "`1.2.3` is no number", 0, 5, "put a space between a number and a unit"),
        ("cm**2", "unexpected `**`", 2, 4, "write `^` for a power"),
        ("mS cm-2", "unexpected `-`", 5, 6, "write an exponent as `^-2`; units are never subtracted"),
        ("mV + V", "unexpected `+`", 3, 4, "write an exponent as `^2`; units are never added"),
        ("mS\u00b7cm^-2", "unexpected character `\u00b7`", 2, 3, "a space or `*` multiplies"),
        ("mV, ms", "unexpected character `,`", 2, 3, ""),
        ("mV\n", "unexpected character `U+000A`", 2, 3, ""),
        ("1/degC", "`degC` has an offset and is a unit of temperatures only", 2, 6, "use `K`"),
    ],
)
def test_error(text: str, message: str, start: int, end: int, cure: str) -> None:
    with pytest.raises(UnitError) as caught:
        read_unit(text)
    error = caught.value
    assert (error.message, error.start, error.end, error.cure) == (message, start, end, cure)


PIECES = [*names(), *string.printable, "^2", "^(1/2)", "**", "degC", "\u00b5", "\u00b2", "999999", "(" * 9]


def reading_fails_within(text: str) -> bool:
    """Whether `text` is refused, at a place inside it. Any other exception passes through."""
    try:
        read_unit(text)
    except UnitError as error:
        return 0 <= error.start <= error.end <= len(text)
    return False


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_any_text_is_a_unit_or_a_located_error(text: str) -> None:
    assert reading_fails_within(text) or read_unit(text).text == text.strip(" \t")
