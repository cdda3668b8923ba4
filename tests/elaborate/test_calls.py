"""Functions of the author are inlined, hygienically; `q10` is exact."""

from __future__ import annotations

import pytest

from iondsl.elaborate.names import names_in
from iondsl.formatter import text
from iondsl.syntax import Call
from iondsl.traversal import walk
from tests.elaborate.systems import formula, meaning, valid, value

FUNCTIONS = valid("functions")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("by_position", 130),
        ("by_name", 130),
        ("mixed", 130),
        ("captured", 2 * 7 * 7),
        ("empty", 11),
        ("own_sigmoid", 0.5),
        ("condition", 1),
        ("beside", 4),
        ("inner.here", 6),
        ("inner.there", 102),
    ],
)
def test_values(name: str, expected: float) -> None:
    """A name in a body is looked up where the function stands, never where it is called."""
    assert value(FUNCTIONS, name) == pytest.approx(expected, rel=1e-15)


def test_what_readers_see_keeps_the_call() -> None:
    assert text(formula(FUNCTIONS, "by_name").written) == "scaled(k = 5, x = 3)"
    assert text(FUNCTIONS.functions[1].value) == "k * double(x) + outer"


def test_nothing_is_left_to_call() -> None:
    left = {
        node.function.text
        for quantity in FUNCTIONS.quantities
        if quantity.value is not None
        for node in walk(quantity.value.expanded)
        if isinstance(node, Call)
    }
    assert left == {"exp"}


def test_a_parameter_named_like_a_quantity_is_not_captured() -> None:
    """The body's `membrane.V` is the potential, its `V` the argument."""
    lines = "membrane:\n    state V = -60 [mV]\n    V' = 0\nfunction f(V) = membrane.V + 2 * V\n"
    system = meaning(f"{lines}x = f(5 [mV])\ny = f(V)\n")
    assert value(system, "x") == -50
    assert value(system, "y") == -180


def test_arguments_are_not_looked_into() -> None:
    """`f(g(x))` with parameters of one name in both."""
    system = meaning("function f(x) = x + 1\nfunction g(x) = 10 * x\na = f(g(f(2)))\nb = g(x = f(x = 1))\n")
    assert value(system, "a") == 31
    assert value(system, "b") == 20


def test_long_chains_of_functions() -> None:
    lines = "".join(f"function f{k}(x) = f{k - 1}(x) + 1\n" for k in range(1, 90))
    system = meaning(f"function f0(x) = x\n{lines}y = f89(1)\n")
    assert value(system, "y") == 90


def test_q10_is_exact() -> None:
    system = valid("temperature")
    assert text(formula(system, "warm").expanded) == "3^((T - 279.45 [K]) / 10 [K])"
    assert value(system, "warm") == 1
    assert value(system, "warmer") == pytest.approx(3**1.63, rel=1e-15)
    assert value(system, "absolute") == pytest.approx(2**0.945, rel=1e-14)


def test_temperature_is_a_parameter_in_kelvin() -> None:
    system = valid("temperature")
    (parameter,) = system.parameters
    assert (parameter.name, parameter.doc, str(parameter.unit)) == ("T", "in the bath", "K")
    assert text(formula(system, "T").expanded) == "279.45 [K]"
    assert names_in(formula(system, "read").expanded) == {"T"}


@pytest.mark.parametrize(
    ("written", "kelvin"),
    [("37 [degC]", "310.15"), ("-3.05 [degC]", "270.1"), ("0 [degC]", "273.15"), ("310 [K]", "310")],
)
def test_kelvin(written: str, kelvin: str) -> None:
    assert text(formula(meaning(f"temperature = {written}\n"), "T").expanded) == f"{kelvin} [K]"
