"""Identifiers: readable, distinct, the same every time, and out of the way of every language."""

from __future__ import annotations

import keyword
import re
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from sympy import Dummy, Symbol

from iondsl.step import Assignment, Layout, Routine, Step
from iondsl.targets._names import identifiers

NOTHING = Routine((), (), ())


def step_of(*symbols: Symbol) -> Step:
    """A step in which the symbols are states."""
    layout = Layout(tuple(symbol.name for symbol in symbols), (), (), ())
    return Step(
        name="names",
        layout=layout,
        time=Dummy("t"),
        dt=Dummy("dt"),
        states=symbols,
        parameters=(),
        inputs=(),
        defaults=(),
        computed=(),
        input_defaults=(),
        offsets=(Fraction(0),),
        samples=(),
        initial=NOTHING,
        advance=NOTHING,
        observe=NOTHING,
    )


def names_of(*names: str) -> list[str]:
    symbols = tuple(map(Symbol, names))
    found = identifiers(step_of(*symbols))
    return [found[symbol] for symbol in symbols]


def test_names_stay_readable() -> None:
    assert names_of("V", "I_Na.m.alpha", "V'", "~3") == ["v_V", "v_I_Na_m_alpha", "v_V_rate", "v_tmp_3"]


def test_names_that_would_meet_are_numbered() -> None:
    assert names_of("a.b", "a_b", "a_b_2", "a~b") == ["v_a_b", "v_a_b_2", "v_a_b_2_2", "v_a_tmp_b"]


def test_names_of_the_users_do_not_meet_time_and_step() -> None:
    assert names_of("t", "dt") == ["v_t_2", "v_dt_2"]


def test_names_of_other_languages_are_harmless() -> None:
    words = ("lambda", "I", "E", "double", "NAN", "ion_exp", "np", "step", "R", "restrict")
    assert names_of(*words) == [f"v_{word}" for word in words]


def test_targets_of_routines_are_named() -> None:
    temporary = Symbol("~0")
    routine = replace(NOTHING, body=(Assignment(temporary, Symbol("V")),))
    assert identifiers(replace(step_of(Symbol("V")), observe=routine))[temporary] == "v_tmp_0"


@given(st.lists(st.text(alphabet="aA1_.'~", min_size=1, max_size=4), unique=True, max_size=30))
def test_identifiers_are_distinct_and_legal(names: list[str]) -> None:
    found = names_of(*names)
    assert len(set(found)) == len(names)
    assert all(re.fullmatch(r"v_\w*", name, re.ASCII) and not keyword.iskeyword(name) for name in found)
