"""What circles, initial values and derivatives mean where volumes move."""

from __future__ import annotations

from dataclasses import replace

from iondsl.checks import check
from iondsl.elaborate.draft import binary, name
from iondsl.errors import Diagnostic
from iondsl.syntax import Expression, Prime
from iondsl.system import Formula, Quantity, System
from tests.elaborate.systems import named
from tests.moving import breathing, following, osmotic, others


def findings(system: System) -> list[tuple[str, str, str]]:
    return [(each.code, each.message, each.cure) for each in check(system)]


def reading(system: System, expression: Expression) -> System:
    """The System with a derived quantity `x` more."""
    return replace(system, quantities=(*system.quantities, equation("x", expression)))


def equation(path: str, expression: Expression) -> Quantity:
    return replace(named(osmotic(), "J_K"), name=path, value=Formula(expression, expression))


def test_moving_volumes_are_fine() -> None:
    assert findings(breathing()) == findings(osmotic()) == []


def test_a_volume_that_depends_on_concentrations_in_it() -> None:
    where = osmotic().time.span
    system = following(osmotic(), "cell.volume", binary("*", name("cell.Na", where), name("fixed", where)))
    message = "defined by itself: `cell.volume` -> `cell.Na` -> `cell.volume`"
    cure = "let it depend on amounts, as by `osmoles(i)`; concentrations in it need it themselves"
    assert findings(system) == [("E210", message, cure)]


def test_a_volume_that_depends_on_amounts_in_it_needs_a_value_at_the_start() -> None:
    system = osmotic()
    size = named(system, "cell.volume")
    system = replace(system, quantities=others(system, replace(size, value=size.follows)))
    (found,) = check(system)
    circle = "`cell.volume` -> `cell.K.amount` -> `cell.volume`"
    assert found == Diagnostic(
        "E211",
        f"the initial values need each other: {circle}",
        size.span,
        "give its value at the start: `initial volume = 1 [um^3]`",
    )


def test_derivatives_that_use_each_other() -> None:
    """Na' follows from the amount's derivative, so it cannot be booked itself."""
    system = breathing()
    where = system.time.span
    amount = named(system, "a.Na.amount")
    booked = Prime(name("a.Na", where), where)
    system = replace(system, quantities=others(system, replace(amount, rate=Formula(booked, booked))))
    (found,) = check(system)
    assert (found.code, found.message) == ("E210", "defined by itself: `a.Na.amount'` -> `a.Na'` -> `a.Na.amount'`")


def test_derivatives_that_are_known() -> None:
    where = breathing().time.span
    for each in ("a.volume", "a.Na", "a.Na.amount", "b.Na.amount"):
        assert findings(reading(breathing(), Prime(name(each, where), where))) == []


def test_derivatives_that_are_not() -> None:
    where = breathing().time.span
    (found,) = findings(reading(breathing(), Prime(name("b.Na", where), where)))
    reason = "`b.Na` has no derivative that is known: `b.volume` is a derived quantity"
    assert found == ("E215", reason, "read `influx(b.Na)`, or make `volume` a `state`")
    (found,) = findings(reading(breathing(), Prime(name("b.volume", where), where)))
    reason = "`b.volume` is a derived quantity, not a state"
    assert found == ("E215", reason, "only a state has a derivative that can be read")
