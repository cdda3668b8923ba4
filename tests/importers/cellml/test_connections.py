"""Which variables the model has, under which names, and in which units others read them."""

from __future__ import annotations

import math

import pytest

from iondsl.importers.foreign import TIME
from iondsl.syntax import Convert, Name
from tests.importers.cellml.building import (
    apply,
    by_path,
    ci,
    cn,
    component,
    connection,
    diff,
    equal,
    model,
    read_text,
    variable,
)
from tests.importers.cellml.building import math as mathematics
from tests.importers.cellml.evaluating import Evaluation

OUT, IN, PUBLIC = ' public_interface="out"', ' public_interface="in"', ' interface="public"'
VOLTS = f"""<component name="source">{variable("x", "mV", "20", OUT)}</component>
<component name="reader">{variable("u", "volt", interface=IN)}{variable("y", "volt")}
{mathematics(equal(ci("y"), apply("times", cn("2"), ci("u"))))}</component>
{connection("reader", "source", ("u", "x"), "1.0")}"""


def test_a_variable_in_other_units_is_converted_exactly() -> None:
    found = read_text(model(VOLTS, "1.0"))
    assert [each.path for each in found.variables] == [("source", "x"), ("reader", "y")]
    value = by_path(found)[("reader", "y")].value
    converted = getattr(value, "right", None)
    assert isinstance(converted, Convert)
    assert isinstance(converted.operand, Name)
    assert (converted.operator, converted.operand.path, str(converted.unit.unit)) == ("in", ("source", "x"), "V")
    assert Evaluation(found).value(("reader", "y")) == 0.04


def test_the_same_units_under_another_name_are_not_converted() -> None:
    other = '<units name="millivolt"><unit units="volt" multiplier="0.001"/></units>'
    found = read_text(model(other + VOLTS.replace('"volt"', '"millivolt"'), "1.0"))
    assert isinstance(getattr(by_path(found)[("reader", "y")].value, "right", None), Name)


# x is declared with its initial value and in mV at one place, its equation stands at another, in V and by s.
APART = f"""<component name="start">{variable("x", "mV", "20", PUBLIC)}{variable("t", "ms", "", PUBLIC)}</component>
<component name="equation">{variable("x", "volt", "", PUBLIC)}{variable("t", "second", "", PUBLIC)}
{variable("tau", "second", "0.5")}{variable("rate", "volt_per_second")}
{mathematics(equal(diff("x"), apply("divide", apply("minus", ci("x")), ci("tau"))), equal(ci("rate"), diff("x")))}
</component>
<units name="volt_per_second"><unit units="volt"/><unit units="second" exponent="-1"/></units>
{connection("start", "equation", ("x", "x"))}{connection("equation", "start", ("t", "t"))}"""


def test_a_state_is_where_its_equation_is_in_cellml_2() -> None:
    found = read_text(model(APART))
    assert found.states == (("equation", "x"),)
    assert Evaluation(found).value(("equation", "x")) == pytest.approx(0.02, rel=1e-15)
    assert found.time is not None
    assert (found.time.path, found.time.binding) == (("start", "t"), TIME)


def test_derivatives_are_by_the_time_of_the_model() -> None:
    found = read_text(model(APART))
    at = Evaluation(found, {("equation", "x"): 0.02})
    assert at.rate(("equation", "x")) == pytest.approx(-0.04e-3, rel=1e-14)  # V/ms
    assert at.value(("equation", "rate")) == pytest.approx(-0.04, rel=1e-14)  # V/s


def test_an_equation_away_from_its_variable_in_cellml_1() -> None:
    given = f'<component name="a">{variable("x", "mV", "", OUT)}</component>'
    equation = mathematics(equal(ci("x"), cn("0.03", "volt")))
    away = f'<component name="b">{variable("x", "volt", "", IN)}{equation}</component>'
    found = read_text(model(given + away + connection("a", "b", ("x", "x"), "1.0"), "1.0"))
    assert [each.path for each in found.variables] == [("a", "x")]
    assert Evaluation(found).value(("a", "x")) == pytest.approx(30, rel=1e-15)


def test_sides_of_equations_may_be_swapped() -> None:
    equations = [equal(apply("exp", ci("y")), ci("z")), equal(cn("2"), ci("y")), equal(cn("3"), diff("x"))]
    found = read_text(model(component("t ms\nx ms 1\ny ms\nz ms", *equations)))
    assert Evaluation(found).value(("c", "z")) == math.exp(2)
    assert Evaluation(found).rate(("c", "x")) == 3


def test_of_two_variables_the_one_is_defined_that_nothing_else_defines() -> None:
    equations = [equal(ci("x"), ci("y")), equal(ci("z"), ci("y")), equal(ci("x"), cn("4"))]
    found = read_text(model(component("x ms\ny ms\nz ms", *equations)))
    assert [Evaluation(found).value(("c", name)) for name in "xyz"] == [4, 4, 4]
    found = read_text(model(component("x ms 5\ny ms", equal(ci("x"), ci("y")))))
    assert Evaluation(found).value(("c", "y")) == 5


def test_initial_values_that_are_variables() -> None:
    body = component("t ms\nx mV u\nu volt 0.02\nk mV u", equal(diff("x"), cn("1")))
    found = read_text(model(body, "1.1"))
    assert Evaluation(found).value(("c", "x")) == pytest.approx(20, rel=1e-15)
    assert Evaluation(found).value(("c", "k")) == pytest.approx(20, rel=1e-15)


def test_states_stand_in_the_order_of_the_file() -> None:
    equations = [equal(diff(name), cn("1")) for name in "zyx"]
    found = read_text(model(component("t ms\ny ms 1\nz ms 2\nx ms 3", *equations)))
    assert [name for _, name in found.states] == ["y", "z", "x"]
