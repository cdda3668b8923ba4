"""A variant is the same System whether or not the model as it stands was read before it."""

from __future__ import annotations

import pytest

from iondsl import pipeline
from iondsl.elaborate import elaborate
from iondsl.elaborate.shared import Shared
from iondsl.source import Source
from iondsl.syntax import Expression, Program
from iondsl.system import System

MODEL = """
model shared:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
function double(x) = 2 * x
rest = -70 [mV]
scale = rest / 10 [mV]
current I:
    param g = double(0.1) [mS/cm^2]
    gate m = 0:
        inf = 1 / (1 + exp(-(V - rest) / 5 [mV]))
        tau = 2 [ms]
    I = g * m * scale * (V - rest)

variant other:
    rest = -60 [mV]
    I.m.tau = (3 + exp(-V / 10 [mV])) as [ms]

variant unit:
    scale = rest / 10
"""


def program(text: str) -> Program:
    return pipeline.program_of(Source("shared.ion", text))[0]


@pytest.mark.parametrize("model", ["ohara_rudy_2011", "clancy_rudy_2002"])
def test_bundled(model: str) -> None:
    whole, _ = pipeline.program_of(pipeline.source_of(model))
    shared = Shared()
    for variant in ("", *(each.name for each in elaborate(whole)[0].variants)):
        assert elaborate(whole, variant=variant, shared=shared) == elaborate(whole, variant=variant)


def test_units_that_change() -> None:
    """What `scale` is measured in, and so what is wrong with `I`, differs between variants."""
    shared, whole = Shared(), program(MODEL)
    for variant in ("", "other", "unit", ""):
        assert elaborate(whole, variant=variant, shared=shared) == elaborate(whole, variant=variant)


def values(system: System) -> dict[str, Expression]:
    return {each.name: each.value.expanded for each in system.quantities if each.value is not None}


def test_read_once() -> None:
    shared, whole = Shared(), program(MODEL)
    before, after = (values(elaborate(whole, variant=each, shared=shared)[0]) for each in ("", "other"))
    same = {name for name, value in before.items() if value is after[name]}
    assert "I.m.inf" in same
    assert same.isdisjoint({"rest", "I.m.tau"})


def test_nothing_is_kept_of_errors() -> None:
    shared = Shared()
    pipeline.meaning(program(MODEL.replace("rest = -70 [mV]", "rest = -70 [ms]")), (), shared=shared)
    assert not shared.formulas
    assert not shared.equations
