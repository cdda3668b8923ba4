"""When the membrane equation becomes `current` blocks, and that they compute what the source does."""

from __future__ import annotations

import pytest

from tests.importers.arrange.texts import arranged

STARTS = "p.V = -80"


def cell(equation: str, more: str = "", unit: str = "[uA/cm^2]") -> list[str]:
    potential = f"[p]\ndot(V) = {equation}\n    in [mV]\n    label membrane_potential\n{more}"
    currents = "".join(f"[{name}]\nI_{name} = {name}.g * p.V\n    in {unit}\ng = 2\n" for name in "ab")
    return arranged(STARTS, f"{potential}\n{currents}")


@pytest.mark.parametrize(
    ("equation", "more", "unit", "capacitance"),
    [
        ("-(a.I_a + b.I_b) / Cm", "Cm = 2 [uF/cm^2]\n    in [uF/cm^2]\n", "[uA/cm^2]", "C = 2 [uF/cm^2] @p.Cm"),
        ("-(1 / C) * (a.I_a + b.I_b)", "C = 2\n    in [pF]\n", "[pA]", "C = 2 [pF]"),
        ("-a.I_a - b.I_b", "", "[uA/cm^2]", "C = 1 [uF/cm^2]"),
        ("-(a.I_a + b.I_b) / 1 [uF/cm^2]", "", "[uA/cm^2]", "C = 1 [uF/cm^2]"),
        ("-i_ion / (1000 * C)", "i_ion = a.I_a + b.I_b\nC = 12 [uF]\n    in [uF]\n", "[nA]", "C = 12 [uF]"),
        ("-(a.I_a + b.I_b)", "", "[A/F]", ""),
        ("rate", "rate = -(a.I_a + b.I_b)\n", "[A/F]", ""),
    ],
)
def test_a_sum_of_currents(equation: str, more: str, unit: str, capacitance: str) -> None:
    lines = cell(equation, more, unit)
    assert {"current a:", "current b:"} <= set(lines)
    assert not any(line.startswith("V' =") for line in lines)
    assert [line for line in lines if line.startswith("C =")] == [capacitance] * bool(capacitance)


@pytest.mark.parametrize(
    ("equation", "more", "unit"),
    [
        ("-(a.I_a + 2 * b.I_b) / C", "C = 2 [uF/cm^2]\n    in [uF/cm^2]\n", "[uA/cm^2]"),
        ("-(a.I_a + b.I_b) * C", "C = 2 [uF/cm^2]\n    in [uF/cm^2]\n", "[uA/cm^2]"),
        ("-(a.I_a + b.I_b) / C", "C = 2 [uF]\n    in [uF]\n", "[nA]"),
        ("-(a.I_a + b.I_b) / C", "C = 2 [uF]\n    in [uF]\n", "[A/F]"),
        ("-(a.I_a + b.I_b) / C + 1", "C = 2 [uF/cm^2]\n    in [uF/cm^2]\n", "[uA/cm^2]"),
    ],
)
def test_what_is_none(equation: str, more: str, unit: str) -> None:
    """A factor of 2, a product, units by which the derived equation would have another factor, a bare number."""
    lines = cell(equation, more, unit)
    assert any(line.startswith("V' =") for line in lines)
    assert not any(line.startswith("current") for line in lines)


def test_currents_in_sums_of_ions_are_counted_once() -> None:
    more = "i_Na = a.I_a + 3 * b.I_b\ni_K = -2 * b.I_b\n"
    lines = cell("-(i_Na + i_K)", more + "", "[A/F]")
    assert {"current a:", "current b:", "i_Na = a + 3 * b", "i_K = -2 * b"} <= set(lines)


def test_what_enters_inward() -> None:
    lines = cell("-(a.I_a + b.I_b - i_stim) / C", "C = 2 [uF/cm^2]\n    in [uF/cm^2]\ni_stim = 3 * engine.pace\n")
    start = lines.index("current i_stim:")
    assert lines[start + 1].startswith("I = -membrane.i_stim") or lines[start + 1].startswith("I = -p.i_stim")


def test_the_only_current_of_a_component_takes_its_block() -> None:
    lines = cell("-(a.I_a + b.I_b)", "", "[A/F]")
    start = lines.index("current a:")
    assert lines[start + 1 : start + 3] == ["param g = 2", "I [A/F] = g * V @a.I_a"]


def test_several_currents_of_one_component() -> None:
    component = "[c]\ni = g * p.V\n    in [A/F]\nk = g * p.V * 2\n    in [A/F]\ng = 2\nI = 3\n"
    potential = "[p]\ndot(V) = -(c.i + c.k)\n    in [mV]\n    label membrane_potential\n"
    lines = arranged(STARTS, f"{potential}\n{component}")
    assert {"part c:", "current i:", "current k:", "I [A/F] = c.g * V", "param I = 3"} <= set(lines)


def test_a_capacitance_that_is_not_called_c() -> None:
    """Where something else is."""
    lines = arranged(
        "membrane.V = -80",
        "[membrane]\ndot(V) = -a.I / Cm\n    in [mV]\nC = 7\nCm = 2 [uF/cm^2]\n    in [uF/cm^2]\n"
        "[a]\nI = membrane.V * membrane.C\n    in [uA/cm^2]\n",
    )
    assert {"param C_ = 7 @membrane.C", "C = 2 [uF/cm^2] @membrane.Cm"} <= set(lines)
    assert "I [uA/cm^2] = V * membrane.C_" in lines


def test_numbers_in_another_unit_than_their_variable() -> None:
    """Numbers are bare in the source: -80 is in mV, and 2 in uF/cm^2."""
    lines = arranged(
        "membrane.V = -80 [V]",
        "[membrane]\ndot(V) = -a.I / C\n    in [mV]\nC = 2 [F/m^2]\n    in [uF/cm^2]\n"
        "[a]\nI = membrane.V\n    in [uA/cm^2]\n",
    )
    assert {"state V [mV] = -80 [V]", "C [uF/cm^2] = 2 [F/m^2]"} <= set(lines)
