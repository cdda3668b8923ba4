"""What a line below `use` reaches: all that the part reads and moves, and nothing else."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from iondsl import pipeline
from iondsl.errors import ModelError
from iondsl.source import Source
from iondsl.system import System
from tests.elaborate.systems import meaning, number, value

CELL = """\
temperature = 310 [K]
membrane:
    state V = -60 [mV]
    C = 1 [uF/cm^2]
    area = 100 [um^2]
space i:
    volume = 100 [um^3]
space ss:
    volume = 10 [um^3]
ion Ca:
    z = +2
    state i = 1 [uM]
    state ss = 4 [uM]
    o = 2 [mM]
ion Mg:
    z = +2
    state i = 500 [uM]
    state ss = 300 [uM]
    o = 1 [mM]
"""
PORTS = """\
temperature = 310 [K]
input V [mV]
space i:
    input volume [um^3]
ion Ca:
    z = +2
    input i [mM]
    input o [mM]
"""
FARADAY = 96485.33212


def used(library: str, model: str, folder: Path) -> System:
    """The System of a model that uses a library `parts`."""
    (folder / "parts.ion").write_text(library, encoding="utf-8")
    return pipeline.resolve(Source(str(folder / "model.ion"), f"model cell:\n{model}"))


def test_a_function_in_what_a_name_is_bound_to_is_that_of_the_user(tmp_path: Path) -> None:
    library = "input x\nfunction f(y) = 2 * y\npart p:\n    z = f(x)\n"
    system = used(library, "function f(y) = y + 100\nuse p from parts:\n    x = f(1)\n", tmp_path)
    assert value(system, "p.z") == 2 * 101


@pytest.mark.parametrize("unit", ["[mM]", ""])
def test_bare_numbers_of_a_part_count_in_the_unit_of_its_library(unit: str, tmp_path: Path) -> None:
    """Without a unit, which inference alone could tell, the 0.6 would be 0.6 uM where `Ca.i` is."""
    ion = f"ion Ca:\n    z = +2\n    i {unit} = total / 2\n"
    library = f"param total = 2 [mM]\n{ion}part p:\n    x = Ca.i / (Ca.i + 0.6)\n"
    if unit:
        assert value(used(library, f"{CELL}use p from parts\n", tmp_path), "p.x") == pytest.approx(1e-3 / 0.601)
        return
    with pytest.raises(ModelError, match=r"E379.*`Ca\.i` states no unit"):
        used(library, f"{CELL}use p from parts\n", tmp_path)


def test_built_in_functions_of_a_part_are_not_those_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "parts.ion").write_text("input x\npart p:\n    z = sigmoid(x)\n", encoding="utf-8")
    text = "model cell:\nx = 0\nfunction sigmoid(y) = y + 100\nz = sigmoid(x)\nuse p from parts\n"
    _, findings = pipeline.examine(Source(str(tmp_path / "model.ion"), text))
    assert [finding.code for finding in findings] == ["E375"]


def test_a_bound_space_moves_what_is_read_too(tmp_path: Path) -> None:
    library = f"{PORTS}flux J carries Ca from i to o:\n    J = 0.1 [pmol/s/cm^2/mM] * Ca.i\n"
    library += "part seen:\n    y = Ca.i\n    flow = influx(Ca.i)\n"
    lines = "use J from parts:\n    i = ss\nuse J as J_Mg from parts:\n    Ca = Mg\n    i = ss\n"
    lines += "use seen from parts:\n    Ca = Mg\n    i = ss\n"
    system = used(library, CELL + lines, tmp_path)
    assert value(system, "J") == pytest.approx(0.1 * 4e-3)
    assert value(system, "J_Mg") == pytest.approx(0.1 * 0.3)
    assert value(system, "seen.y") == pytest.approx(0.3)
    assert value(system, "seen.flow") == pytest.approx(value(system, "Mg.ss'"))
    assert value(system, "Mg.ss'") == pytest.approx(-0.03e-12 * 1e-3 * 100e-8 / 10e-15 * 1e6)  # uM/ms
    assert value(system, "Mg.i'") == 0


def test_laws_read_the_bound_pool_and_potential(tmp_path: Path) -> None:
    lines = "    param P = 1e-3 [cm/s]\n    E = nernst(Ca)\n    I = ghk_current(P, Ca)\n"
    library = f"{PORTS}current I carries Ca:\n{lines}"
    system = used(library, f"{CELL}use I as I_ss from parts:\n    Ca.i = Ca.ss\n    V = V - 10 [mV]\n", tmp_path)
    per_volt = FARADAY / (8.31446261815324 * 310)
    assert value(system, "I_ss.E") == pytest.approx(1000 / (2 * per_volt) * math.log(2 / 4e-3), rel=1e-9)
    u = 2 * -0.07 * per_volt
    inward = (4e-3 - 2 * math.exp(-u)) / (1 - math.exp(-u))  # mM, which are umol/cm^3
    assert value(system, "I_ss") == pytest.approx(1e-3 * 2 * u * FARADAY * inward, rel=1e-9)  # uA/cm^2


def test_a_law_of_several_ions_is_not_moved() -> None:
    lines = "temperature = 310 [K]\nion K:\n    z = +1\n    i = 140 [mM]\n    ss = 130 [mM]\n    o = 5 [mM]\n"
    lines += "part p:\n    E = ghk_voltage(1, K)\nuse p as q:\n    K.i = K.ss\n"
    _, findings = pipeline.examine(Source("lines.ion", f"model lines:\n{lines}"))
    assert [finding.code for finding in findings] == ["E376"]


def test_a_stimulus_carries_what_is_bound(tmp_path: Path) -> None:
    library = "ion Ca:\n    z = +2\n    input i [mM]\npart electrode:\n    stimulus I = 2 [uA/cm^2] carries Ca\n"
    lines = "use electrode as of_Mg from parts:\n    Ca = Mg\nuse electrode as of_ss from parts:\n    Ca.i = Ca.ss\n"
    system = used(library, CELL + lines, tmp_path)
    flow = 2 * 100e-8 / (2 * FARADAY)  # umol/s
    assert value(system, "Mg.i'") == pytest.approx(flow / 100e-15 * 1e-3, rel=1e-9)
    assert value(system, "Ca.ss'") == pytest.approx(10 * value(system, "Mg.i'"), rel=1e-12)
    assert value(system, "Ca.i'") == 0


def test_a_stimulus_of_a_library_is_read_where_it_is_used() -> None:
    source = Source("parts.ion", "part electrode:\n    stimulus I = 2 [uA/cm^2]\n")
    assert pipeline.examine(source, library=True)[1] == ()


def test_a_pool_of_another_compartment() -> None:
    lines = "temperature = 300 [K]\nion K:\n    z = +1\n    o = 5 [mM]\n    i = 100 [mM]\n"
    lines += "compartment soma:\n    membrane:\n        state V = -60 [mV]\n        C = 1 [uF/cm^2]\n"
    lines += "    space i:\n        volume = 100 [um^3]\n    ion K:\n        state i = 140 [mM]\n"
    lines += "membrane:\n    state V = -50 [mV]\n    C = 1 [uF/cm^2]\n    area = 50 [um^2]\n"
    lines += "current I_K carries K:\n    I = 1 [mS/cm^2] * (V - nernst(K))\n"
    for binding in ("K = soma.K", "K.i = soma.K.i"):
        system = meaning(f"{lines}use I_K as I_far:\n    {binding}\n")
        expected = value(system, "I_far") * 50e-8 / FARADAY / 100e-12 * 1e-3  # mM/ms
        assert value(system, "soma.K.i'") == pytest.approx(-expected, rel=1e-9)
        assert value(system, "I_far") == pytest.approx(-50 + 25.852 * math.log(140 / 5), rel=1e-3)


def test_what_an_event_sets_counts_in_the_units_of_the_library(tmp_path: Path) -> None:
    library = "input V [mV]\nstate c [mM] = 0\nc' = 0\npart p:\n    event spike = V > 0\n"
    library += "    on spike:\n        c = c + 0.5\n"
    system = used(library, f"{CELL}state dye = 3 [uM]\ndye' = 0\nuse p from parts:\n    c = dye\n", tmp_path)
    ((setting,),) = (event.settings for event in system.events)
    assert setting.target == "dye"
    assert number(setting.formula.expanded, lambda name: value(system, name)) == pytest.approx(503)


@pytest.mark.parametrize("given", ["0.05 [V]", "50000 [uV]", "50 [mV]", "50"])
def test_a_number_in_another_scale_is_converted(given: str, tmp_path: Path) -> None:
    """The part goes on in its own: its other lines count in that."""
    library = "part p:\n    param half = 20 [mV]\n    y = (half - 10) / 5\n"
    system = used(library, f"use p from parts:\n    half = {given}\n", tmp_path)
    assert value(system, "p.half") == 50
    assert value(system, "p.y") == pytest.approx(8)


def test_a_library_whose_potential_is_an_input_may_have_constant_fields() -> None:
    text = f"{PORTS}current I carries Ca:\n    param P = 1e-3 [cm/s]\n    I = ghk_current(P, Ca)\n"
    assert pipeline.examine(Source("parts.ion", text), library=True)[1] == ()


def test_a_line_of_a_variant_means_what_it_does_below_the_use(tmp_path: Path) -> None:
    """Bound names are bound in it, ports have their units, and numbers the scale of what they restate."""
    library = "input V [mV]\ninput E [mV]\ninput k [mV]\npart p:\n    param g = 1 [mS/cm^2]\n"
    library += "    gate m:\n        inf = 1 / (1 + exp(-(V + 40) / k))\n        tau = 5\n    I = g * m * (V - E)\n"
    library += "part outer:\n    use p as inner:\n        k = 10\n"
    lines = "membrane:\n    state V = -0.06 [V]\n    C = 1 [uF/cm^2]\n"
    lines += "compartment c:\n    use outer from parts:\n        E = -0.09 [V]\n"
    lines += "use p from parts:\n    E = -90\n    k = 10\nuse p.m as n from parts:\n    k = 10\n"
    lines += "variant v:\n    c.outer.inner.m.inf = 1 / (1 + exp(-(V + 50) / 10))\n    p.I = 2 * g * (V - E)\n"
    lines += "    p.g = 20 [S/m^2]\n    c.outer.inner.m = (V + 70) / 10\n    n = (V + 65) / k\n"
    used(library, lines, tmp_path)
    system = pipeline.resolve(Source(str(tmp_path / "model.ion"), f"model cell:\n{lines}"), "v")
    assert value(system, "c.outer.inner.m.inf") == pytest.approx(1 / (1 + math.exp(1)))
    assert value(system, "p.I") == pytest.approx(2 * 2 * 30)
    assert (value(system, "c.outer.inner.m"), value(system, "n")) == pytest.approx((1, 0.5))


def test_what_is_wrong_in_a_variant_of_a_used_part_is_told(tmp_path: Path) -> None:
    (tmp_path / "parts.ion").write_text("part p:\n    param g = 1 [mS/cm^2]\n    y = 2 * g\n", encoding="utf-8")
    text = "model cell:\nuse p from parts\nvariant v:\n    p.g = 2 [mV]\n    p.h = 3\n"
    text += "    p.y = 3 * g\n    p.y = 4 * g\n"
    _, findings = pipeline.examine(Source(str(tmp_path / "model.ion"), text))
    assert [finding.code for finding in findings if finding.code.startswith("E")] == ["E402", "E350", "E351"]


def test_shares_of_bound_ions_are_read(tmp_path: Path) -> None:
    library = "input V [mV]\nion X:\n    z = +2\nion Y:\n    z = +2\ncurrent I_h carries X, Y:\n"
    library += "    I.X = 1 [uA/cm^2]\n    I.Y = 2 * I.X\n"
    lines = "use I_h from parts:\n    X = Mg\n    Y = Ca\n"
    assert value(used(library, CELL + lines, tmp_path), "I_h.I.Ca") == 2


def test_a_part_of_a_part_reads_what_stands_around_it_in_its_library(tmp_path: Path) -> None:
    library = "param k = 10\nparam w = 3\ncurrent I_x:\n    param k = 5\n    s = 2 * w\n"
    library += "    part p:\n        y = k * s\n    I = 1 [uA/cm^2] * p.y\n"
    lines = "param k = 100\npart mine:\n    use I_x.p as q from parts\n    use I_x.p as r from parts:\n        k = 7\n"
    system = used(library, lines, tmp_path)
    assert (value(system, "mine.q.y"), value(system, "mine.r.y")) == (30, 42)


@pytest.mark.parametrize("line", ["Ca = 3", "i = 2 * V", "Ca = -Mg"])
def test_a_block_is_bound_to_a_block(line: str, tmp_path: Path) -> None:
    (tmp_path / "parts.ion").write_text(f"{PORTS}current I carries Ca:\n    I = 3 [uA/cm^2]\n", encoding="utf-8")
    text = f"model cell:\n{CELL}use I as I_Ca from parts:\n    {line}\n"
    _, findings = pipeline.examine(Source(str(tmp_path / "model.ion"), text))
    assert [finding.code for finding in findings] == ["E377"]


def test_in_the_same_file_a_bound_number_is_converted_too() -> None:
    """What the part reads is declared in mV, and so its bare numbers count."""
    lines = "state W = -60 [mV]\nW' = 0 [mV/ms]\npart p:\n    y = 1 / (1 + exp(-(W + 40) / 10))\nE = -0.04 [V]\n"
    system = meaning(f"{lines}use p as q:\n    W = E\nuse p as r:\n    W = -30\n")
    assert value(system, "q.y") == pytest.approx(0.5)
    assert value(system, "r.y") == pytest.approx(1 / (1 + math.exp(-1)))


def test_a_temperature_bound_beside_a_law_that_reads_that_of_the_model() -> None:
    lines = "temperature = 300 [K]\npart p:\n    y = q10(3, 290 [K]) + T / 1 [K]\nuse p as q:\n    T = 310 [K]\n"
    _, findings = pipeline.examine(Source("lines.ion", f"model lines:\n{lines}"))
    assert [finding.code for finding in findings] == ["E376"]


def test_a_line_does_not_lose_what_an_earlier_use_bound() -> None:
    lines = "x = 3\npart p:\n    y = x\n    z = 1\nuse p as q:\n    x = 5\n"
    _, findings = pipeline.examine(Source("lines.ion", f"model lines:\n{lines}use q as r:\n    y = 2 * x\n"))
    assert [finding.code for finding in findings] == ["E376"]
    assert value(meaning(f"{lines}use q as r:\n    z = 2\n"), "r.y") == 5
