"""What the language would refuse in the text is refused in the file, at its place."""

from __future__ import annotations

import pytest

from iondsl import pipeline
from iondsl.errors import ModelError
from iondsl.source import Source
from tests.importers.cellml.building import component, model

LONG = "x" * 201
LAW = "dot(V) = -V"
NESTED = "\n".join(f"{'  ' * level}{letter * 50} = {level}" for level, letter in enumerate("abcdefg"))
TWICE = "\n".join(f"f{n}(x) = f{n - 1}(x) + f{n - 1}(2*x)" for n in range(1, 41))
CHAIN = "\n".join(f"f{n}(x) = f{n - 1}(x)" for n in range(1, 61))
NAME = "a name of more than 200 characters"
CALLS = "functions that call functions, more than 50 deep"
UNITS = "is beyond the units of the language: an exponent is beyond 99"
OPERATIONS = "the functions of this model come to more than 50,000 operations when written out"


def mmt(law: str = LAW, functions: str = "") -> Source:
    return Source("cell.mmt", f"[[model]]\nc.V = -80\n{functions}\n[c]\nt = 0 bind time\n{law}\n")


@pytest.mark.parametrize(("source", "place", "message"), [
    (mmt(f"{LAW}\n{LONG} = 1"), LONG, NAME),
    (mmt(f"{LAW}\n{NESTED}"), "d" * 50, NAME),
    (mmt(f"{LAW}\nx = 1 [mV (1e300)]"), "[mV (1e300)]", f"[10^300 mV] {UNITS}"),
    (mmt(f"{LAW} + f40(V)", f"f0(x) = x*x\n{TWICE}"), "f9(x)", OPERATIONS),
    (mmt(f"{LAW} + f60(V)", f"f0(x) = x*x\n{CHAIN}"), "f50(x)", CALLS),
    (Source("cell.cellml", model('<units name="big"><unit units="volt" multiplier="1e120"/></units>'
                                 + component("x big 1"))), "big", f"[10^123 mV] {UNITS}"),
    (Source("cell.cellml", model(component("x ms 1", name=LONG))), f'<component name="{LONG}">', NAME),
])
def test_said_once_where_it_is(source: Source, place: str, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        pipeline.imported(source)
    (only,) = caught.value.diagnostics
    assert only.span is not None
    assert (only.code, only.span.text, only.message) == ("E625", place, message)


def test_within_the_limits() -> None:
    functions = "f0(x) = x\n" + "\n".join(f"f{n}(x) = f{n - 1}(x)" for n in range(1, 50))
    source = mmt(f"{LAW} * f49(1)\n{LONG[:-1]} = 1 [mV (1e90)]", functions)
    _, found = pipeline.examine(pipeline.imported(source).source, strict=True)
    assert {each.code for each in found} == {"W202"}
