"""What is wrong in a file: which code, at which words, and what is said."""

from __future__ import annotations

import pytest

from iondsl.errors import ModelError
from tests.importers.cellml.building import (
    apply,
    ci,
    cn,
    component,
    connection,
    diff,
    equal,
    math,
    model,
    read_text,
    variable,
)

X = component("x ms 1")
OUT, IN, PUBLIC = ' public_interface="out"', ' public_interface="in"', ' interface="public"'
TREE = '<encapsulation><component_ref component="{}"><component_ref component="{}"/></component_ref>{}</encapsulation>'


def with_x(expression: str) -> str:
    """A component in which x is what an expression says."""
    return component("x ms", equal(ci("x"), expression))


def of(units: str) -> str:
    return f'<units name="q">{units}</units>{component("x q 1")}'


def holding(name: str, *variables: str) -> str:
    return f'<component name="{name}">{"".join(variables)}</component>'


LINKED = connection("c", "d", ("x", "x"), "1.0")

# By name: the code, the words that it is at, and the message.
STRUCTURE = {
    '<model2/>': ("E634", "<model2/>", "`<model2>` in `<model>` means nothing here"),
    "<component/>": ("E634", "<component/>", "`<component>` without `name`"),
    holding("c", '<variable name="x"/>'): ("E634", '<variable name="x"/>', "`<variable>` without `units`"),
    holding("c", "<reset/>"): ("E635", "<reset/>", "a `<reset>` cannot be carried over"),
    holding("c", "<reaction/>"): ("E635", "<reaction/>", "a `<reaction>` cannot be carried over"),
    X + X: ("E639", "c", "a second component `c`"),
    component("x ms 1\nx ms 1"): ("E639", "x", "a second variable `x` of `c`"),
    '<units name="ms"/>': ("E639", "ms", "a second definition of the units `ms`"),
    holding("a") + holding("b") + TREE.format("a", "b", '<component_ref component="b"><component_ref component="b"/>'
                                              '</component_ref>'): ("E639", "b", "a second parent of `b`"),
    holding("a") + TREE.format("z", "a", ""): ("E640", "z", "there is no component `z`"),
    X + connection("c", "d", ("x", "x")): ("E640", "d", "there is no component `d`"),
    X + component("y ms 1", name="d") + connection("c", "d", ("x", "z")): ("E640", "z", "`d` has no variable `z`"),
}
UNITS = {
    component("x mz 1"): ("E643", "mz", "there are no units `mz`"),
    with_x(cn("1", "volts")): ("E643", "volts", "there are no units `volts`"),
    component("x celsius 1"): ("E644", "celsius", "`celsius` has a zero of its own"),
    of('<unit units="q"/>'): ("E644", "q", "units that define themselves: q -> q"),
    of('<unit units="kelvin" offset="273.15"/>'): ("E644", "273.15", "units with a zero of their own"),
    of('<unit units="ms" exponent="0.5"/>'): (
        "E644", '<unit units="ms" exponent="0.5"/>', "the scale of this unit has no exact root of this degree"
    ),
    of('<unit units="ms" exponent="1e9"/>'): (
        "E644", '<unit units="ms" exponent="1e9"/>', "an exponent is beyond 99"
    ),
    of('<unit units="second" prefix="mili"/>'): ("E644", "mili", "`mili` is no prefix"),
    of('<unit units="second" prefix="999999999"/>'): ("E644", "999999999", "`999999999` is no prefix"),
    of('<unit units="second" exponent="two"/>'): ("E644", "two", "the exponent `two` is no number"),
    of('<unit units="second" multiplier="1e999999999"/>'): (
        "E644", "1e999999999", "the multiplier `1e999999999` is no number"
    ),
    of('<unit units="second" multiplier="-2"/>'): (
        "E644", '<unit units="second" multiplier="-2"/>', "a multiplier that is not above 0"
    ),
}
TWICE = "`<{}/>` of too large an expression: what it becomes has an operand twice"
SUM = apply("plus", *[cn("1")] * 120)
LARGE = apply("min", *[ci("x")] * 1000)
XOR = apply("xor", apply("gt", LARGE, cn("0")), apply("gt", ci("x"), cn("0")))
HIGHER = "<apply><diff/><bvar><ci>x</ci><degree><cn>2</cn></degree></bvar><ci>x</ci></apply>"
OF_SUM = f"<apply><diff/><bvar><ci>x</ci></bvar>{apply('abs', ci('x'))}</apply>"
OTHER = '<exp xmlns="urn:other"/>'
LAMBDA = "<lambda><bvar><ci>x</ci></bvar><ci>x</ci></lambda>"
NO_CONDITION = f"<piecewise><piece>{cn('1')}</piece><otherwise>{cn('2')}</otherwise></piecewise>"
DELAY = '<csymbol definitionURL="http://www.sbml.org/sbml/symbols/delay"/>'
MATHEMATICS = {
    apply("rem", LARGE, ci("x")): ("E632", apply("rem", LARGE, ci("x")), TWICE.format("rem")),
    apply("arcsinh", LARGE): ("E632", apply("arcsinh", LARGE), TWICE.format("arcsinh")),
    XOR: ("E632", XOR, TWICE.format("xor")),
    apply("lt", cn("0"), LARGE, cn("1")): ("E632", apply("lt", cn("0"), LARGE, cn("1")), TWICE.format("lt")),
    apply("plus", ci("x1"), cn("1")): ("E640", "<ci>x1</ci>", "`c` has no variable `x1`"),
    f"<apply>{DELAY}</apply>": (
        "E645", DELAY, '`<csymbol definitionURL="http://www.sbml.org/sbml/symbols/delay">` cannot be carried over'
    ),
    **{apply(name, "<bvar><ci>x</ci></bvar>", ci("x")): ("E645", f"<{name}/>", f"`<{name}>` cannot be carried over")
       for name in ("sum", "product", "int", "partialdiff", "factorial", "quotient", "limit")},
    "<apply><ci>x</ci><ci>x</ci></apply>": ("E645", "<ci>x</ci>", "`<ci>` cannot be carried over"),
    "<infinity/>": ("E645", "<infinity/>", "`<infinity>` cannot be carried over"),
    "<notanumber/>": ("E645", "<notanumber/>", "`<notanumber>` cannot be carried over"),
    LAMBDA: ("E645", LAMBDA, "`<lambda>` cannot be carried over"),
    HIGHER: ("E645", "<degree><cn>2</cn></degree>", "a higher derivative cannot be carried over"),
    OTHER: ("E645", OTHER, '`<exp xmlns="urn:other">` cannot be carried over'),
    apply("exp", "<logbase><cn>2</cn></logbase>", cn("1")): (
        "E645", "<logbase><cn>2</cn></logbase>", "`<logbase>` cannot be carried over"
    ),
    apply("divide", cn("1")): ("E646", apply("divide", cn("1")), "`<divide/>` with 1 operand"),
    apply("exp"): ("E646", apply("exp"), "`<exp/>` with 0 operands"),
    apply("not", "<true/>", "<true/>"): ("E646", apply("not", "<true/>", "<true/>"), "`<not/>` with 2 operands"),
    apply("lt", cn("1")): ("E646", apply("lt", cn("1")), "`<lt/>` with 1 operand"),
    apply("and"): ("E646", apply("and"), "`<and/>` with 0 operands"),
    NO_CONDITION: ("E646", NO_CONDITION, "a `<piecewise>` of other things than pieces"),
    OF_SUM: ("E646", OF_SUM, "a derivative that is not that of one variable in another"),
    **{each: ("E647", each, f"no number: `{each}`") for each in (
        cn("1,5"), cn("1e999"), cn("NaN"), '<cn type="e-notation">1<sep/>x</cn>', '<cn type="complex">1<sep/>2</cn>',
        '<cn type="integer" base="16">12</cn>', '<cn><ci>x</ci></cn>', "<cn/>",
    )},
    f"<piecewise><piece>{cn('1')}<true/></piece></piecewise>": (
        "E655", "<piecewise>", "a `<piecewise>` without `<otherwise>`"
    ),
}
LOOP = component(
    "x ms\ny ms\nz ms", equal(ci("x"), ci("z")), equal(ci("y"), apply("minus", ci("x"))), equal(ci("z"), ci("y"))
)
SIDES = equal(apply("plus", ci("x"), cn("1")), cn("2"))
EQUATIONS = {
    component("x ms one"): ("E647", "one", "the initial value `one` is neither a number nor a variable beside it"),
    component("x ms 1", apply("lt", ci("x"), cn("1"))): (
        "E648", apply("lt", ci("x"), cn("1")), "`<lt/>` is no equation"
    ),
    component("x ms 1", LAMBDA): ("E645", "<lambda>", "`<lambda>` cannot be carried over"),
    component("x ms 1", apply("eq", ci("x"), cn("1"), cn("1"))): (
        "E646", apply("eq", ci("x"), cn("1"), cn("1")), "`<eq/>` with 3 operands"
    ),
    component("x ms 1", SIDES): ("E648", SIDES, "an equation of which neither side is a variable"),
    component("x ms", equal(ci("x"), cn("1")), equal(cn("2"), ci("x"))): (
        "E649", "<ci>x</ci>", "`c.x` is defined twice, first in line 4"
    ),
    component("x ms 3", equal(ci("x"), cn("1"))): ("E649", "<ci>x</ci>", "`c.x` is defined twice"),
    component("t ms\nx ms 3", equal(diff("x"), cn("1")), equal(diff("x"), cn("1"))): (
        "E649", diff("x"), "the derivative of `c.x` is defined twice, first in line 4"
    ),
    component("x ms\ny ms", equal(ci("y"), ci("x"))): (
        "E650", '<variable name="x" units="ms"/>', "nothing defines `c.x`"
    ),
    component("x ms 1\ny ms\nt ms", equal(ci("y"), diff("x"))): (
        "E650", diff("x"), "no equation gives the derivative of `c.x`"
    ),
    LOOP: ("E651", "<ci>z</ci>", "an algebraic loop: `c.x` needs `c.z` needs `c.y` needs `c.x`"),
    with_x(apply("exp", ci("x"))): ("E651", apply("exp", ci("x")), "an algebraic loop: `c.x` needs itself"),
    component("x ms 1\ny ms 2\nt ms", equal(diff("x"), apply("minus", diff("y"))), equal(diff("y"), diff("x"))): (
        "E651", apply("minus", diff("y")),
        "an algebraic loop: the derivative of `c.x` needs the derivative of `c.y` needs the derivative of `c.x`",
    ),
    component("t ms\nx ms", equal(diff("x"), cn("1"))): (
        "E652", '<variable name="x" units="ms"/>', "`c.x` is a state without initial value"
    ),
    component("t ms\nx ms y\ny ms 1", equal(diff("x"), cn("1")), equal(diff("y"), cn("1"))): (
        "E652", "y", "`c.x` starts from `c.y`, which is no constant"
    ),
    component("t ms\ns ms\nx ms 1\ny ms 1", equal(diff("x"), cn("1")), equal(diff("y", "s"), cn("1"))): (
        "E653", "<ci>s</ci>", "a derivative in `c.s`, and others in `c.t`"
    ),
    component("t ms\nx ms 1", equal(diff("x"), cn("1")), equal(ci("t"), cn("1"))): (
        "E653", "<ci>t</ci>", "a derivative in `c.t`, which an equation defines"
    ),
    with_x(SUM): ("E632", equal(ci("x"), SUM), "an expression nested more than 100 deep"),
}


@pytest.mark.parametrize(("body", "expected"), [*STRUCTURE.items(), *UNITS.items(), *EQUATIONS.items()])
def test_every_mistake_is_said_once_where_it_is(body: str, expected: tuple[str, str, str]) -> None:
    version = "1.0" if "celsius" in body or "reaction" in body else "2.0"
    assert findings(model(body, version)) == [expected]


@pytest.mark.parametrize(("expression", "expected"), MATHEMATICS.items())
def test_mathematics_that_cannot_be_read(expression: str, expected: tuple[str, str, str]) -> None:
    assert findings(model(component("x ms 1\ny ms", equal(ci("y"), expression)))) == [expected]


def findings(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ModelError) as caught:
        read_text(text)
    return [(each.code, each.span.text if each.span else "", each.message) for each in caught.value.diagnostics]


def test_inputs_that_nothing_reaches() -> None:
    alone = holding("c", variable("x", "ms", interface=IN), variable("y", "ms"), math(equal(ci("y"), ci("x"))))
    tag = '<variable name="x" units="ms" public_interface="in"/>'
    assert findings(model(alone, "1.1")) == [("E641", tag, "`c.x` is an input, and nothing gives it a value")]


def test_connections_of_what_is_not_one_number() -> None:
    given = holding("c", variable("x", "ms", "1", OUT))
    again = holding("d", variable("x", "ms", "2", OUT))
    other = holding("d", variable("x", "mV", interface=IN))
    assert findings(model(given + again + LINKED, "1.0")) == [
        ("E641", variable("x", "ms", "2", OUT), "`d.x` is connected with `c.x`, and neither is an input")
    ]
    assert findings(model(given + other + LINKED, "1.0")) == [
        ("E642", '<map_variables variable_1="x" variable_2="x"/>', "`c.x` in [ms] is connected with `d.x` in [mV]")
    ]


def test_two_initial_values_of_one_number() -> None:
    twice = holding("c", variable("x", "ms", "1", PUBLIC)) + holding("d", variable("x", "ms", "2", PUBLIC))
    assert findings(model(twice + connection("c", "d", ("x", "x")))) == [
        ("E649", "2", "a second initial value of `c.x`")
    ]


def test_what_only_libcellml_finds_is_said_in_its_words() -> None:
    tag = '<variable name="x-y" units="ms" initial_value="1"/>'
    assert findings(model(component("x-y ms 1"))) == [(
        "E654", tag,
        "libcellml: Variable 'x-y' in component 'c' does not have a valid name attribute. CellML identifiers must not "
        "contain any characters other than [a-zA-Z0-9_].",
    )]
    private = holding("c", variable("x", "ms", "1")) + holding("d", variable("x", "ms", "", PUBLIC))
    assert findings(model(private + connection("c", "d", ("x", "x")))) == [(
        "E654", '<variable name="x" units="ms" initial_value="1"/>',
        "libcellml: Variable 'x' in component 'c' has no interface type set. The interface type required is 'public'.",
    )]


def test_all_mistakes_at_once_in_the_order_of_the_file() -> None:
    body = component("x mz 1\ny ms", equal(ci("y"), apply("plus", ci("z"), cn("1,5"), "<infinity/>")))
    assert [code for code, _, _ in findings(model(body))] == ["E643", "E640", "E647", "E645"]


def test_what_has_no_value_and_is_not_used_is_left_out_with_a_warning() -> None:
    found = read_text(model(component("x ms 1\ny ms")))
    assert [each.path for each in found.variables] == [("c", "x")]
    assert [(each.code, each.message) for each in found.warnings] == [
        ("W631", "`c.y` has no value and is not used: it is left out")
    ]
