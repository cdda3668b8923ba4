"""Units for every number, such that nothing is converted and every digit stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from iondsl.checks import check
from iondsl.elaborate import elaborate
from iondsl.elaborate.scope import Scope
from iondsl.errors import Diagnostic, errors
from iondsl.formatter import text as shown
from iondsl.importers.lines import announced, changed, with_sides
from iondsl.importers.units import consistent
from iondsl.importers.writing import text
from iondsl.importers.writing.names import Shortening
from iondsl.parser import parse
from iondsl.source import Source
from iondsl.syntax import Block, Convert, Definition, Expression, Name, Number, Program, Statement, Unary, UnitLiteral
from iondsl.system import System
from iondsl.traversal import rewrite
from iondsl.units import read_unit
from tests.layout.scrambled import bare

ROOT = Path(__file__).parent.parent.parent.parent
# Models without physical constants, whose equations compute as they stand.
MODELS = ("morris_lecar_1981", "wang_buzsaki_1996")
HEADER = """model m:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
"""


def read(written: str) -> Program:
    program, findings = parse(Source("m.ion", written))
    assert not findings, findings
    return in_full(program)


class Lengthening(Shortening):
    """Every name as a full path."""

    def short(self, name: Name, scope: Scope, bound: tuple[str, ...]) -> Name:
        meaning = self.names.find(name.path, scope)
        return name if meaning is None else replace(name, path=tuple(meaning.split(".")))


def in_full(program: Program) -> Program:
    names = announced(program)
    return changed(program, names.root, Lengthening(names).line)


def stripped(program: Program, definitions: bool) -> Program:
    """Without units on numbers and without `as`; `definitions`: also without those that lines state."""

    def node(each: Expression) -> Expression:
        if isinstance(each, Convert) and each.operator == "as":
            return each.operand
        return replace(each, unit=None) if isinstance(each, Number) else each

    def line(each: Statement, _: Scope) -> Statement:
        is_given = isinstance(each, Definition) and isinstance(each.value, Number | Unary)
        if (not definitions and is_given) or (isinstance(each, Definition) and each.name.text == "temperature"):
            return each
        each = with_sides(each, lambda side: rewrite(side, node))
        return replace(each, unit=None) if definitions and isinstance(each, Definition) else each

    made = changed(program, announced(program).root, line)
    return replace(made, body=tuple(each for each in made.body if not is_protocol(each)))


def is_protocol(line: Statement) -> bool:
    return isinstance(line, Block) and line.keyword == "protocol"


def done(written: str) -> tuple[str, tuple[Diagnostic, ...], System]:
    """The text with units, and what it means; it has the digits that it had, and converts nothing."""
    program = read(written)
    made, notes = consistent(program)
    assert bare(stripped(made, definitions=True)) == bare(stripped(program, definitions=True))
    result = text(made)
    for strict in (True, False):
        parsed, findings = parse(Source("m.ion", result))
        system, of_meaning = elaborate(parsed, strict)
        found = errors((*findings, *of_meaning, *check(system)))
        assert not found, (result, found)
        assert not [each for formula in system.formulas for each in formula.conversions]
    return result, notes, system


@pytest.mark.parametrize("name", MODELS)
def test_units_of_numbers_are_restored(name: str) -> None:
    """From the units of parameters and states alone."""
    given = (ROOT / "models" / f"{name}.ion").read_text(encoding="utf-8")
    _, notes, system = done(text(stripped(in_full(parse(Source("", given))[0]), definitions=False)))
    assert not notes
    original, _ = elaborate(parse(Source("", given))[0])
    units = {each.name: each.unit for each in original.quantities}
    assert {each.name: each.unit for each in system.quantities} == units


@pytest.mark.parametrize("name", MODELS)
def test_models_without_any_unit(name: str) -> None:
    given = (ROOT / "models" / f"{name}.ion").read_text(encoding="utf-8")
    _, _, system = done(text(stripped(in_full(parse(Source("", given))[0]), definitions=True)))
    units = {each.name: str(each.unit) for each in system.quantities}
    assert units["V"] == "mV"
    assert units["membrane.C"] == "uF/cm^2"
    rate = next(each.rate for each in system.states if each.name == "V")
    assert rate is not None
    assert shown(rate.expanded).endswith("+ I_app) / membrane.C")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("x = 0.1 * (V + 40)", "x = 0.1 * (V + 40 [mV])"),
        ("x [1/ms] = 0.1 * (V + 40)", "x [1/ms] = 0.1 [1/(mV ms)] * (V + 40 [mV])"),
        ("x [1] = 1 / (1 + exp((V + 40) / 10))", "x = 1 / (1 + exp((V + 40 [mV]) / 10 [mV]))"),
        ("x [mV] = 2 * 3", "x [mV] = 2 [mV] * 3"),
        ("x [mV] = 2 + 3", "x [mV] = 2 [mV] + 3 [mV]"),
        ("x = (V / 25 [mV])^(2 [1])", "x = (V / 25 [mV])^2"),
        ("x = 10 + 3 * n", "x [1] = 10 + 3 * n"),
        ("x = 1 [1] - n * 2 [1]", "x [1] = 1 - n * 2"),
        ("param x [pA] = -80", "param x = -80 [pA]"),
        ("x [mV] = 0 if V > 3 else 1", "x [mV] = 0 if V > 3 [mV] else 1 [mV]"),
        ("x [V] = V", "x [V] = V as [V]"),
        ("x [mV] = 1000 * V_v", "x [mV] = 1000 * V_v as [mV]"),
        ("x [mV] = V + V_v", "x [mV] = V + (V_v as [mV])"),
        ("x [mV] = V + (V_v in [mV])", "x [mV] = V + (V_v in [mV])"),
        ("x = exp(V)", "x = exp(V as [1])"),
        ("x = sqrt(V_v * V)", "x = sqrt(V_v * V as [1])"),
        ("x = V^n", "x = (V as [1])^n"),
        ("param x [ms] = 5 [s]", "param x [ms] = 5 [s] as [ms]"),
        ("x [mV] = V + 2.5^2", "x [mV] = V + (2.5^2 as [mV])"),
        ("x [%] = 100 * n", "x [%] = 100 * n as [%]"),
    ],
)
def test_lines(given: str, expected: str) -> None:
    result, notes, _ = done_with(f"param V_v = 0.1 [V]\nparam n = 2\n{given}\n")
    assert expected in result.split("\n")
    assert len(notes) == expected.count(" as ") - given.count("2.5^2")
    assert all(each.code == "W660" for each in notes)


def done_with(written: str) -> tuple[str, tuple[Diagnostic, ...], System]:
    """For lines with an `in`, which converts as it did in the source."""
    if " in [" not in written:
        return done(HEADER + written)
    made, notes = consistent(read(HEADER + written))
    return text(made), notes, elaborate(parse(Source("", text(made)))[0], strict=True)[0]


def test_units_are_learnt_from_the_equations_that_use_them() -> None:
    result, notes, _ = done(HEADER + """
param g = 120
param E = 50
param k = 3
state c = 1
c' = k * (10 - c)
current a:
    late = 2 * tau_late
    gate m = 0.1:
        alpha = slope * (V + E)
        beta = 4 * exp(-(V + 65) / width)
    I = g * m^3 * (V - E) / (1 + late / 5 [ms])
param slope = 0.1
param width = 18
param tau_late = 3
""")
    assert not notes
    for line in (
        "param g = 120 [mS/cm^2]",
        "param E = 50 [mV]",
        "param k = 3 [1/ms]",
        "state c = 1",
        "param slope = 0.1 [1/(mV ms)]",
        "param width = 18 [mV]",
        "param tau_late = 3 [ms]",
    ):
        assert line in result.split("\n")


def test_gates_count_in_the_time_of_the_model() -> None:
    """A rate in another unit would be converted by the gate's equation, which no other tool does."""
    result, notes, _ = done(HEADER + """
gate m = 0.1:
    alpha [1/s] = 0.1 [1/(mV s)] * (V + 40 [mV])
    beta = 4 [1/s]
gate h:
    inf [mV] = V
    tau [s] = 2 [s]
x [1/s] = m.alpha
""")
    assert "    alpha = 0.1 [1/(mV s)] * (V + 40 [mV]) as [1/ms]" in result
    assert "    beta  = 4 [1/s] as [1/ms]" in result
    assert "    inf = V as [1]" in result
    assert "x [1/s] = m.alpha as [1/s]" in result
    assert sorted(each.code for each in notes) == ["W660"] * 5 + ["W661"] * 4
    assert [each.span.text for each in notes if each.code == "W660" and each.span][:2] == [
        "0.1 [1/(mV s)] * (V + 40 [mV])", "4 [1/s]",
    ]


def test_functions_take_pure_numbers() -> None:
    result, notes, _ = done(HEADER + """
function f(x, k) = 1 / (1 + exp(-(x - 10) / k))
param k = 3 [mV]
x [1/ms] = 2 * f(V + 4, k)
""")
    assert "function f(x, k) = 1 / (1 + exp(-((x as [1]) - 10) / (k as [1])))" in result
    assert "x [1/ms] = 2 [1/ms] * f(V + 4 [mV], k)" in result
    assert not notes


def test_numbers_of_protocols() -> None:
    result, _, _ = done(HEADER + """
input pace = 0
input I_app [uA/cm^2] = 0
protocol p:
    pace = pulse(start = 10, width = 0.5, height = 1, every = 1000)
    I_app = pulse(start = 10, width = 0.5, height = 1)
""")
    assert "pace = pulse(start = 10 [ms], width = 0.5 [ms], height = 1, every = 1000 [ms])" in result
    assert "I_app = pulse(start = 10 [ms], width = 0.5 [ms], height = 1 [uA/cm^2])" in result


def test_the_membrane_without_units_has_no_factor() -> None:
    result, _, system = done("""model m:
time t [s]
membrane:
    state V = -65
    C = 20 [pF]
current a:
    param g = 3
    I = g * (V + 65)
current b:
    I = 2
""")
    assert "state V = -65 [mV]" in result
    assert "param g = 3 [pS]" in result
    assert "I = 2 [mV pF/s]" in result
    rate = next(each.rate for each in system.states if each.name == "V")
    assert rate is not None
    assert shown(rate.expanded) == "-(a + b) / membrane.C"


def test_a_capacitance_without_a_unit_is_one() -> None:
    """Beside currents per farad, which it does not divide."""
    result, _, _ = done("model m:\nmembrane:\n    state V = -65\n    C = 1\ncurrent a:\n    I [A/F] = 0.1 * V\n")
    assert "    C = 1 [uF/cm^2]\n" in result
    assert "I [A/F] = 0.1 [1/ms] * V" in result


def test_a_scale_beyond_those_of_units_is_counted_in_pure_numbers() -> None:
    result, notes, _ = done(HEADER + "param a = 2 [km^60]\nparam b = 3 [km^60]\nx = a * b\n")
    assert "x = (a as [1]) * (b as [1])" in result
    assert [each.code for each in notes] == ["W660"]


def test_a_node_that_stands_twice_may_have_two_units() -> None:
    """As after an expression was put in two places."""
    program = read(HEADER + "x [mV] = 3 + V\ny [ms] = 3 + t\n")
    shared = Number("3", None, program.body[0].span)

    def change(line: Statement, _: Scope) -> Statement:
        def node(each: Expression) -> Expression:
            return shared if isinstance(each, Number) and each.text == "3" else each

        return with_sides(line, lambda side: rewrite(side, node))

    made, _ = consistent(changed(program, announced(program).root, change))
    assert "x [mV] = 3 [mV] + V\ny [ms] = 3 [ms] + t" in text(made)


@pytest.mark.parametrize("unit", ["V", "s", "nS/cm^2"])
def test_wrong_scales_are_kept(unit: str) -> None:
    """A parameter in a unit that the source's equations do not go with."""
    given = (ROOT / "models" / "hodgkin_huxley_1952.ion").read_text(encoding="utf-8")

    def line(each: Statement, _: Scope) -> Statement:
        if isinstance(each, Definition) and each.keyword == "param" and isinstance(each.value, Number):
            return replace(each, value=replace(each.value, unit=UnitLiteral(read_unit(unit), each.span)))
        return each

    program = in_full(parse(Source("", given))[0])
    result, notes, _ = done(text(changed(program, announced(program).root, line)))
    assert notes
    assert " as [" in result


NAMES = ("V", "a", "b", "n", "s.x", "m", "0", "1", "2.5", "1000", "3 [mV]", "3 [V]", "3 [mM]", "3 [1]")
FORMS = (
    *("{0} + {1}", "{0} - {1}", "{0} * {1}", "{0} / {1}", "({0})^2", "({0})^0.5", "({0})^({1})", "-({0})"),
    *("exp({0})", "sqrt({0})", "abs({0})", "max({0}, {1})", "f({0}, {1})", "({0} if {1} < {2} and {0} > 1 else 0)"),
)
UNITS = ("", "", " [mV]", " [V]", " [s]", " [mM]", " [1]", " [1/ms]", " [uA/cm^2]")


def expression(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.2:
        return random.choice(NAMES)
    return random.choice(FORMS).format(*(f"({expression(random, depth - 1)})" for _ in range(3)))


def nonsense(seed: int) -> str:
    """A program whose units fit by chance."""
    random = Random(seed)
    units = [random.choice(UNITS) for _ in range(8)]
    sides = [expression(random, 3) for _ in range(6)]
    return f"""model m:
time t [{random.choice(("ms", "s"))}]
membrane:
    state V = -65{random.choice(("", " [mV]", " [V]"))}
    C = 1
function f(x, y) = x / (y + 3)
param a = 3{units[0]}
param b = -0.5{units[1]}
param n = 2
part s:
    state x{units[2]} = 0.3
    x' = {sides[0]}
gate m = 0.1:
    alpha{units[3]} = {sides[1]}
    beta{units[4]} = {sides[2]}
current q:
    I = {sides[3]} + 0 * V
w{units[5]} = {sides[4]}
z{units[6]} = w + {sides[5]}
"""


@pytest.mark.parametrize("seed", [*range(12), *(pytest.param(each, marks=pytest.mark.slow) for each in range(12, 150))])
def test_whatever_is_written_computes_the_same(seed: int) -> None:
    done(nonsense(seed))


def test_a_root_of_a_quantity_over_a_number() -> None:
    result, notes, _ = done("""model m:
time t [ms]
state y = 0
part k:
    param K_o = 5.4 [mM]
    g [mS/uF] = 0.282 * sqrt(K_o / 5.4)
    h [mS/uF] = 0.282 [mS/(uF mM^(1/2))] * sqrt(K_o / 5.4 [1])
y' = -y * k.g * k.h
""")
    assert [each.span.text for each in notes if each.span] == ["-y * k.g * k.h"]
    assert "g [mS/uF] = 0.282 [mS/uF] * sqrt(K_o / 5.4 [mM])" in result
    assert "sqrt(K_o / 5.4)" in result
