"""Names: lexical lookup, full names, aliases, and the freedom to call things as one likes."""

from __future__ import annotations

import pytest

from iondsl.formatter import text
from iondsl.system import Kind
from tests.elaborate.systems import formula, meaning, of_kind, valid, value

SCOPES = valid("scopes")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("geometry.inner.own", "geometry.g"),
        ("geometry.inner.deep", "geometry.inner.i * membrane.area"),
        ("geometry.inner.out", "geometry.g"),
        ("I_Na.m.inf", "1 / (1 + exp(-(V + I_Na.m.g_half) / 5))"),
        ("I_Na.m.g_half", "I_Na.i"),
        ("I_Na", "I_Na.g * I_Na.m * (V - I_Na.E)"),
        ("membrane.density", "membrane.C / membrane.area"),
        ("main", "(I_Na + I_Na) * I_Na.m / (V + V)"),
        ("member", "I_Na.m.inf * I_Na.m.tau + geometry.inner.own * i * t"),
        ("rate", "V' * I_Na.m'"),
    ],
)
def test_lookup(name: str, written: str) -> None:
    assert text(formula(SCOPES, name).written) == written


def test_aliases() -> None:
    assert dict(SCOPES.aliases) == {"membrane.V": "V", "I_Na.I": "I_Na", "temperature": "T"}


@pytest.mark.parametrize("name", ["sin", "x1", "Add", "exec", "_"])
def test_any_name(name: str) -> None:
    system = meaning(f"param {name} = 3\nstate y_{name} = {name}\ny_{name}' [1/ms] = -{name} * 1 [1/ms]\n")
    assert of_kind(system, Kind.PARAMETER) == [name]
    assert value(system, f"y_{name}'") == -3


def test_names_that_mean_something_elsewhere() -> None:
    system = valid("names")
    assert value(system, "E") == 1
    assert value(system, "_x1") == 37
    assert value(system, "states'") == -(14 + 13) + 7
    assert value(system, "function.current_") == 28 + 29
    assert value(system, "nan") == 24 + 25 - 26 * 27


def test_a_quantity_named_like_a_function() -> None:
    assert value(valid("names"), "inf") == 17.0 + 0.0


def test_functions_and_protocols_have_names_of_their_own() -> None:
    system = valid("names")
    assert value(system, "stepped") == 1 + 11
    assert [protocol.name for protocol in system.protocols] == ["step", "function"]


def test_time_has_the_name_it_is_given() -> None:
    system = meaning("time s [s]\nparam t = 3 [s]\nx = s + t\n")
    assert system.time.name == "s"
    assert value(system, "x") == 3


def test_order_does_not_matter() -> None:
    lines = ["a = b + c", "b = 2 * k", "param k = 3", "c = k"]
    forwards, backwards = (meaning("\n".join(order)) for order in (lines, lines[::-1]))
    assert value(forwards, "a") == value(backwards, "a") == 9
