"""What each line declares; states, parameters and inputs stand in the order of the file."""

from __future__ import annotations

from iondsl.system import Kind
from tests.elaborate.systems import formula, named, of_kind, units, valid, value

KINDS = valid("kinds")


def test_kinds_in_the_order_of_the_file() -> None:
    assert of_kind(KINDS, Kind.STATE) == ["a", "p.c", "V", "z"]
    assert of_kind(KINDS, Kind.PARAMETER) == ["k", "membrane.q", "membrane.C"]
    assert of_kind(KINDS, Kind.INPUT) == ["p.u", "v"]
    assert of_kind(KINDS, Kind.STIMULUS) == ["I"]
    assert of_kind(KINDS, Kind.EQUATION) == ["b", "p.level"]


def test_inputs_are_inputs_and_stimuli() -> None:
    assert [quantity.name for quantity in KINDS.inputs] == ["p.u", "I", "v"]
    assert named(KINDS, "v").value is None


def test_initial_values_may_be_computed() -> None:
    assert value(KINDS, "p.c") == 3
    assert value(KINDS, "V") == 12


def test_derivatives_may_be_read() -> None:
    assert value(KINDS, "z'", a=5.0) == -10
    assert formula(KINDS, "z'").origin == ""


def test_blocks() -> None:
    assert named(KINDS, "p.c").block == "p"
    assert named(KINDS, "V").block == "membrane"
    assert named(KINDS, "a").block == ""


def test_units() -> None:
    """As declared; one without is dimensionless, and an input without a value as it says."""
    found = units(KINDS)
    assert [found[name] for name in ("a", "k", "v", "I", "V")] == ["1", "1/ms", "mV", "pA", "mV"]


def test_texts() -> None:
    system = valid("texts")
    assert system.name == "texts"
    assert system.doc == "behind the header First line. Second line. At the end."
    assert system.citations == ("doi:10.1000/one", "doi:10.1000/two")
    assert named(system, "V").doc == "membrane potential"
    assert named(system, "membrane.C").doc == ""
    assert named(system, "I_K").doc == r"$I_\mathrm{K}$ potassium # no comment"
    assert named(system, "I_K.g").doc == "tagged"
    assert named(system, "I_K.n").doc == "gate"
    assert named(system, "p.x").doc == "both"
    assert system.functions[0].doc == "identity"
    assert system.protocols[0].doc == "nothing happens"


def test_layout() -> None:
    system = valid("layout")
    found = [value(system, name) for name in ("long", "behind", "behind_parenthesis", "conditional", "call")]
    assert found == [6, 20, 2, 1, 6]
    assert [quantity.name for quantity in system.quantities if quantity.block] == ["a.b", "a.c.d", "a.e"]


def test_conditions() -> None:
    system = valid("conditions")
    assert [value(system, name) for name in "xyzw"] == [1, 2, 1, 12]
