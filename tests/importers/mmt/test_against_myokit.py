"""Every construct, and every file that comes with Myokit, against Myokit's own evaluation."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import myokit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importers.mmt.evaluation import model, read_text, values

FILES = [
    path
    for path in sorted(Path(myokit.__file__).parent.rglob("*.mmt"))
    if "[[model]]" in path.read_text(encoding="utf-8")
]


def by_myokit(text: str) -> dict[str, float]:
    """Each variable by its full name; of a state, its derivative."""
    source, _, _ = myokit.parse(text)
    return {each.qname(): float(each.rhs().eval()) for each in source.variables(deep=True)}


def agree(text: str) -> None:
    ours, theirs = values(read_text(text)), by_myokit(text)
    assert list(ours) == list(theirs)
    for name, value in theirs.items():
        if isfinite(value):
            assert ours[name] == pytest.approx(value, rel=1e-12, abs=1e-300), name


EXPRESSIONS = """
2^3^2
-2^2
2^-1^2
-(2 + 3)^2
1/2/2
8/2*4
7 - 3 - 2
3--3
+-+3
-7 // 2
7 // -2
-7.5 % 2
7 % -2
3 % 2 * 5
1 // 2 * 4 + 7 % 3
5.
.5 + 1.5e1 - 2E-1
5 [mV]
5 [mV]^2 / 2 [ms]
if(1 == 1, 2, 3)
if(not (1 == 2), 1, 2)
if(1 == 2 or 1 == 1 and 1 == 2, 1, 2)
if(1 == 1 or 1 == 1 and 1 == 2, 1, 2)
if(1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3 and 1 != 2, 1, 2)
if(not (1 > 2) and 2 > 1, 1, 2)
if(1 > 2, 3, if(2 > 1, 4, 5))
piecewise(1 == 2, 2, 3)
piecewise(1 == 2, 2, 1 == 1, 4, 3)
piecewise(1 == 2, 2, 1 == 3, 4, 1 == 1, 7, 3)
exp(1) + log(2) + log10(3) + sqrt(4)
log(8, 2)
sin(1) + cos(2) + tan(3) + asin(0.1) + acos(0.2) + atan(3)
floor(-1.5) + ceil(1.5) + abs(-2)
engine.time + 1
c . y + y
time + t
y * 2
""".strip().splitlines()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expressions(expression: str) -> None:
    agree(model(f"use engine.time, engine.time as t\ny = 2.5\nx = {expression}"))


BODIES = {
    "nested": "x = y + z\n    y = 2 * v\n        v = 3 * w\n    z = 5\n    w = 7\nu = 11",
    "the nearest of one name": "a = b\n    b = 3\nc = b\n    b = 4\nd = a + c",
    "tabs are eight columns": "x = y\n\ty = 2\n        z = 3",
    "in parentheses": "x = (1 # one\n\n  + 2\n+ 3)\ny = 4",
    "joined lines": "x = 1 + \\ # one\n# two\n   2\ny = 4",
    "comments": '"""\nx = 3\n"""\nx = 1 # + 1\n\n# x = 4\n   # deeper\n    y = 2\nz = (1 +\n"""\n 5 +\n"""\n 2)',
    "all on one line": "x = 1 in [mV] bind foo label bar : text # no text\ny = x",
    "all below": "x = y\n    in [mV]\n    bind foo\n    label bar\n    desc: text\n    a:b: c\n    y = 3",
    "forward": "x = 2 * y\ny = 2 * z\nz = 3",
    "a name like a function": "exp = 2\nif = 3\nx = exp * if + exp(exp)",
    "empty": "",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_variables(body: str) -> None:
    agree(model(body))


HEADS = {
    "states": ("c.x = 3 [mV]\nc.y = c.k * 2", "k = 4\ndot(x) = k * y\ndot(y) = dot(x) + x\nz = dot(c.x)\nw = x + y"),
    "functions": ("f(x) = 2 * x\nf(x, y) = f(x) + y\ng(a) = f(a, a) # 1", "x = f(3) + g(f(1, 2))\ny = 2\nz = f(y, x)"),
    "texts": ("name: a\ndesc: \"\"\"\n  b\n  \"\"\"\nx: \\\n  c\nc.x = 1", "dot(x) = 1 : \\\n one\ndesc: two"),
}


@pytest.mark.parametrize(("head", "body"), HEADS.values(), ids=HEADS)
def test_heads(head: str, body: str) -> None:
    agree(model(body, head))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_of_myokit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    agree(text)
    source, protocol, _ = myokit.parse(text)
    ours = read_text(text)
    assert [".".join(each) for each in ours.states] == [each.qname() for each in source.states()]
    assert [each.name for each in ours.components] == [each.name() for each in source.components()]
    labels = {each.label: ".".join(each.path) for each in ours.variables if each.label}
    assert labels == {name: each.qname() for name, each in source.labels()}
    bindings = {each.binding: ".".join(each.path) for each in ours.variables if each.binding}
    assert bindings == {name: each.qname() for name, each in source.bindings()}
    assert len(ours.pulses) == (0 if protocol is None else len(protocol.events()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_units_of_myokit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    source, _, _ = myokit.parse(text)
    for each in read_text(text).variables:
        theirs = source.get(".".join(each.path)).unit()
        assert (each.unit is None) == (theirs is None)
        if each.unit is not None:
            assert float(each.unit.unit.scale) == pytest.approx(si(theirs), rel=1e-12)


def si(unit: myokit.Unit) -> float:
    """The size of a unit in SI units: Myokit counts in grams."""
    grams, *_ = unit.exponents()
    return float(10 ** (unit.multiplier_log_10() - 3 * grams))


NUMBERS = st.sampled_from(["2", "0.5", "3.25", "7", "a", "c.b"])
OPERATORS = st.sampled_from(["+", "-", "*", "/", "//", "%"])


def trees(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    comparison = st.builds("{} {} {}".format, inner, st.sampled_from(["<", ">=", "=="]), inner)
    test = st.builds("{} {} {}".format, comparison, st.sampled_from(["and", "or"]), comparison)
    return st.one_of(
        st.builds("{} {} {}".format, inner, OPERATORS, inner),
        st.builds("({} {} {})".format, inner, OPERATORS, inner),
        st.builds("{}{}".format, st.sampled_from("+-"), inner),
        st.builds("2^{}".format, st.sampled_from(["2", "-1", "a", "2^0.5"])),
        st.builds("if({}, {}, {})".format, test, inner, inner),
        st.builds("{}({})".format, st.sampled_from(["abs", "floor", "atan"]), inner),
    )


@given(st.recursive(NUMBERS, trees, max_leaves=8))
def test_any_expression(expression: str) -> None:
    """Grouping, above all: what is written is what Myokit reads. Divisions by zero have no value to compare."""
    text = model(f"a = 1.5\nb = -2.75\nx = {expression}")
    try:
        theirs = by_myokit(text)["c.x"]
    except myokit.NumericalError:
        return
    if isfinite(theirs):
        assert values(read_text(text))["c.x"] == pytest.approx(theirs, rel=1e-9, abs=1e-9)
