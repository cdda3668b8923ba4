"""What currents book on pools, against numbers worked out by hand, in every unit and exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl.formatter import text
from iondsl.system import Kind
from tests.elaborate.exact import FARADAY, exact
from tests.elaborate.systems import formula, meaning, named, of_kind, units

SHELL = """
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
    area = 922 [um^2]
space i:
    depth = 1 [um]
ion Ca:
    z = +2
    state i = 1e-4 [mM]
"""

CELL = """
membrane:
    state V = -65 [mV]
    C = {C}
    area = 922 [um^2]
space i:
    {size}
space o:
    volume = 720 [um^3]
ion K:
    z = {z}
    state i = 140 [mM]
    state o = 4 [mM]
current I_K carries K:
    I = {I}
"""


def cell(
    current: str = "1 [uA/cm^2]", size: str = "volume = 2160 [um^3]", capacitance: str = "1 [uF/cm^2]", z: str = "+1"
) -> str:
    return CELL.format(C=capacitance, size=size, z=z, I=current)


# 1 uA/cm^2 is 1e-2 C/(m^2 s); over F and 1e-6 m that is so many mol/(m^3 s), of which 1 is 1e-3 mM/ms.
IN_A_SHELL = Fraction(1, 100) / FARADAY / Fraction(1, 10**6) / 1000
IN_A_CELL = Fraction(1, 100) * 922 / FARADAY / (2160 * Fraction(1, 10**6)) / 1000


def test_row_20() -> None:
    """1 uA/cm^2 of calcium into a shell of 1 um: 5.18214e-5 mM/ms."""
    system = meaning(f"{SHELL}current I_Ca carries Ca:\n    I = -1 [uA/cm^2]\n")
    assert exact(system, "Ca.i'") == IN_A_SHELL / 2
    assert float(exact(system, "Ca.i'")) == pytest.approx(5.18214e-5, rel=1e-6)


@pytest.mark.parametrize(
    ("current", "capacitance"),
    [
        ("1 [uA/cm^2]", "1 [uF/cm^2]"),
        ("0.01 [A/m^2]", "1 [uF/cm^2]"),
        ("9.22 [pA]", "1 [uF/cm^2]"),
        ("0.00922 [nA]", "1 [uF/cm^2]"),
        ("1 [A/F]", "1 [uF/cm^2]"),
        ("1 [A/F]", "9.22 [pF]"),
        ("1 [pA/pF]", "0.01 [F/m^2]"),
    ],
)
@pytest.mark.parametrize("size", ["volume = 2160 [um^3]", "volume = 2.16 [pL]", "depth [um] = 2160 / 922"])
def test_all_units_give_the_same(current: str, capacitance: str, size: str) -> None:
    """1 uA/cm^2 over 922 um^2, into 2160 um^3: 4.42401e-5 mM/ms."""
    system = meaning(cell(current, size, capacitance))
    assert exact(system, "K.i'") == -IN_A_CELL
    assert exact(system, "K.o'") == IN_A_CELL * 3
    assert float(IN_A_CELL) == pytest.approx(4.42401e-5, rel=2e-6)


@pytest.mark.parametrize(("z", "factor"), [("+1", -1), ("-1", 1), ("+2", Fraction(-1, 2)), ("-3", Fraction(1, 3))])
def test_valence(z: str, factor: Fraction) -> None:
    assert exact(meaning(cell(z=z)), "K.i'") == factor * IN_A_CELL


@pytest.mark.parametrize(("unit", "scale"), [("uM", 1000), ("mol/m^3", 1), ("M", Fraction(1, 1000))])
def test_units_of_the_pool(unit: str, scale: Fraction) -> None:
    system = meaning(cell().replace("state i = 140 [mM]", f"state i = 140 [{unit}]"))
    assert exact(system, "K.i'") == -IN_A_CELL * scale


def test_time_in_seconds() -> None:
    assert exact(meaning(f"time t [s]\n{cell()}"), "K.i'") == -IN_A_CELL * 1000


def test_absolute_current_and_volume_need_no_area() -> None:
    lines = cell("9.22 [pA]", capacitance="9.22 [pF]").replace("    area = 922 [um^2]\n", "")
    assert exact(meaning(lines), "K.i'") == -IN_A_CELL


def test_pump() -> None:
    """3 Na out for 2 K in: net charge 1, so Na loses 3 I and K gains 2 I."""
    system = meaning(
        "membrane:\n    state V = -65 [mV]\n    C = 1 [uF/cm^2]\n"
        "space i:\n    depth = 1 [um]\nspace o:\n    depth = 2 [um]\n"
        "ion Na:\n    z = +1\n    state i = 10 [mM]\n    state o = 140 [mM]\n"
        "ion K:\n    z = +1\n    state i = 140 [mM]\n    state o = 4 [mM]\n"
        "current I_NaK carries 3 Na, -2 K:\n    I = 1 [uA/cm^2]\n"
    )
    assert exact(system, "Na.i'") == -3 * IN_A_SHELL
    assert exact(system, "Na.o'") == Fraction(3, 2) * IN_A_SHELL
    assert exact(system, "K.i'") == 2 * IN_A_SHELL
    assert exact(system, "K.o'") == -IN_A_SHELL
    assert exact(system, "Na.i'") / exact(system, "K.i'") == Fraction(-3, 2)


def test_a_neutral_passenger() -> None:
    """Two sodium ions and one glucose for each two charges."""
    system = meaning(
        "membrane:\n    state V = -65 [mV]\n    C = 1 [uF/cm^2]\nspace i:\n    depth = 1 [um]\n"
        "ion Na:\n    z = +1\n    state i = 10 [mM]\nion Glc:\n    z = 0\n    state i = 5 [mM]\n"
        "current I_SGLT carries 2 Na, 1 Glc:\n    I = -1 [uA/cm^2]\n"
    )
    assert exact(system, "Na.i'") == IN_A_SHELL
    assert exact(system, "Glc.i'") == IN_A_SHELL / 2


def test_shares_by_their_own_lines() -> None:
    lines = "ion K:\n    z = 1\ncurrent I_x carries Ca, K:\n    I.Ca = 1 [uA/cm^2]\n    I.K = 5 [uA/cm^2]\n"
    assert exact(meaning(SHELL + lines), "Ca.i'") == -IN_A_SHELL / 2


def test_stimulus_is_inward() -> None:
    system = meaning(f"{SHELL}stimulus I_app = 1 [uA/cm^2] carries Ca\n")
    assert exact(system, "Ca.i'") == IN_A_SHELL / 2


def test_one_space_s_loss_is_another_one_s_gain() -> None:
    lines = "space ss:\n    depth = 0.1 [um]\ncurrent I_x carries Ca from i to ss:\n    I = 1 [uA/cm^2]\n"
    system = meaning(f"{SHELL}    state ss = 1 [mM]\n{lines}")
    assert exact(system, "Ca.i'") * 1 + exact(system, "Ca.ss'") / 10 == 0


def test_what_is_measured_alike_stands_in_one_bracket() -> None:
    lines = (
        "current I_a carries Ca:\n    I = 1 [uA/cm^2]\n"
        "current I_b carries 3 Na, -1 Ca:\n    I = 1 [uA/cm^2]\n"
        "current I_c carries Ca:\n    I = 1 [pA]\nion Na:\n    z = +1\n"
    )
    influx = formula(meaning(SHELL + lines), "Ca.i.influx")
    assert influx.origin == "booked on Ca.i"
    assert text(influx.expanded) == (
        "10 * ((-I_a + 2 * I_b) / (2 * F * i.depth)) - 1000 * (I_c / (2 * F * membrane.area * i.depth))"
    )


def test_the_author_s_constant() -> None:
    """F in C/mmol, a thousandth of the usual number, and not CODATA's."""
    system = meaning(f"param F = 96.5 [C/mmol]\n{SHELL}current I_Ca carries Ca:\n    I = -1 [uA/cm^2]\n")
    assert exact(system, "Ca.i'") == IN_A_SHELL / 2 * FARADAY / 96500


def test_nothing_is_booked() -> None:
    assert exact(meaning(SHELL), "Ca.i'") == 0


def test_balance_and_influx_as_they_are_shown() -> None:
    system = meaning(f"{SHELL}current I_Ca carries Ca:\n    I = -1 [uA/cm^2]\n")
    assert (text(formula(system, "Ca.i'").written), formula(system, "Ca.i'").origin) == (
        *("Ca.i.influx", "balance of Ca.i"),
    )
    assert units(system)["Ca.i.influx"] == "mM/ms"


def test_influx_in_a_written_balance() -> None:
    lines = "current I_Ca carries Ca:\n    I = -1 [uA/cm^2]\ny = influx(Ca.i)\n"
    system = meaning(f"{SHELL}    i' = influx(i) / 4 - i / 80 [ms]\n{lines}")
    assert text(formula(system, "Ca.i'").written) == "influx(Ca.i) / 4 - Ca.i / 80 [ms]"
    assert exact(system, "Ca.i'") == IN_A_SHELL / 8 - Fraction(1, 800_000)
    assert exact(system, "y") == IN_A_SHELL / 2


@pytest.mark.parametrize("declared", ["", "    i = 1e-4 [mM]\n", "    input i = 1e-4 [mM]\n", "    i = 2 * o\n"])
def test_influx_of_what_is_no_state(declared: str) -> None:
    lines = SHELL.replace("    state i = 1e-4 [mM]\n", f"    o = 2 [mM]\n{declared}")
    system = meaning(f"{lines}current I_Ca carries Ca:\n    I = -1 [uA/cm^2]\nx = influx(Ca.i)\n")
    assert exact(system, "x") == IN_A_SHELL / 2
    assert units(system)["x"] == "mM/ms"
    assert of_kind(system, Kind.STATE) == ["V"]


def test_an_influx_that_nothing_reads_is_not_there() -> None:
    system = meaning(f"{SHELL}    i' = -i / 80 [ms]\n")
    assert [each.name for each in system.quantities if "Ca.i" in each.name] == ["Ca.i"]


def test_influx_inside_a_function() -> None:
    lines = "current I_Ca carries Ca:\n    I = -1 [uA/cm^2]\nfunction scaled(k) = k * influx(Ca.i)\nx = scaled(3)\n"
    assert exact(meaning(SHELL + lines), "x") == 3 * IN_A_SHELL / 2


def test_a_function_of_one_s_own_named_influx() -> None:
    system = meaning("function influx(x) = 2 * x\ny = influx(3)\n")
    assert text(formula(system, "y").expanded) == "2 * 3"


def test_states_keep_the_order_of_the_file() -> None:
    system = meaning(cell())
    assert of_kind(system, Kind.STATE) == ["V", "K.i", "K.o"]
    assert named(system, "K.i").block == "K"


def test_the_unit_of_a_concentration_that_is_no_literal() -> None:
    """That of its initial value, or of its equation; 1 uA/cm^2 into 1 um are 10^7 times 1/F in mM/ms."""
    system = meaning(
        "membrane:\n    state V = -65 [mV]\n    C = 1 [uF/cm^2]\nspace i:\n    depth = 1 [um]\n"
        "ion K:\n    z = +1\n    param c0 = 3 [mM]\n    state i = 2 * c0\n"
        "ion Cl:\n    z = -1\n    i = K.c0 * 1000 [uM/mM]\n"
        "current I_K carries K:\n    I = -1 [uA/cm^2]\ncurrent I_Cl carries Cl:\n    I = 1 [uA/cm^2]\n"
        "x = influx(Cl.i)\n"
    )
    assert units(system)["K.i.influx"] == "mM/ms"
    assert exact(system, "K.i.influx") == 10 / FARADAY
    assert units(system)["x"] == "mM/s"
    assert exact(system, "x") == 10000 / FARADAY
