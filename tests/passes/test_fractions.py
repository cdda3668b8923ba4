"""Quotients of quotients by one division, and what a run is told of a reversal potential that no membrane has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from iondsl import pipeline
from iondsl.analysis.operations import counted
from iondsl.errors import NumericsError
from iondsl.options import Options
from iondsl.passes import stages
from iondsl.schedule import schedule
from iondsl.simulate.cell import Cell
from iondsl.source import Source
from iondsl.step import Step
from tests.passes.numbers import at_defaults, outputs

MODEL = """\
model instant:
temperature = 37 [degC]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
ion K:
    z = +1
    i = 145 [mM]
    o = 5.4 [mM]
current I_K1 carries K:
    g = 0.6 [mS/cm^2]
    param half = {half}
    v = (V - {middle}) / 1 [mV]
    alpha = 1.02 / (1 + exp(0.2385 * (v - 59.215)))
    beta = 0.5 * exp(0.08 * (v + 5.476)) / (1 + exp(-0.5143 * (v + 4.753)))
    open = alpha / (alpha + beta)
    I = g * open * (V - K.E)
"""


def source(middle: str = "K.E") -> Source:
    return Source("instant.ion", MODEL.format(middle=middle, half="-90 [mV]"))


def after_each(middle: str = "K.E", **options: object) -> dict[str, Step]:
    asked = Options(**options)  # type: ignore[arg-type]
    return dict(stages(schedule(pipeline.model_of(pipeline.resolve(source(middle))), asked), asked))


def divisions(step: Step) -> int:
    """For each cell and step."""
    return counted((*(each.value for each in step.advance.body), *step.advance.outputs)).divisions


def test_one_division_is_left() -> None:
    found = after_each()
    before, after = found["rates"], found["fractions"]
    assert divisions(found["repeated"]) == 1
    assert {each.name for each in after.used} == {"V", "K.E"}
    known = at_defaults(before, np.longdouble) | {before.time: np.longdouble(0)}
    known[before.states[0]] = np.linspace(-490, 490, 981).astype(np.longdouble)
    one, two = (outputs(each.advance, known, np.longdouble)[0] for each in (before, after))
    assert np.isfinite(one).all()
    assert np.abs(two / one - 1).max() <= 1e-13


def test_of_a_parameter_nothing_is_known() -> None:
    assert divisions(after_each("half")["repeated"]) == 3


@pytest.mark.parametrize("target", ["c", "numpy"])
def test_a_reversal_potential_beyond_half_a_volt_is_told(target: str) -> None:
    cell = pipeline.cell_of(source(), Options(target=target))
    assert isinstance(cell, Cell)
    assert np.isfinite(cell.run(until=1.0, parameters={"K.o": 1.0})["V"]).all()
    with pytest.raises(NumericsError, match="proven for `K.E` within -500 to 500 mV, .* a wider range may be given"):
        cell.run(until=1.0, parameters={"K.o": 1e12})
    wider = pipeline.cell_of(source(), Options(target=target, ranges=("K.E=-1[V]:1[V]",)))
    assert isinstance(wider, Cell)
    assert np.isfinite(wider.run(until=1.0, parameters={"K.o": 1e12})["V"]).all()


def test_nothing_is_assumed_of_one_that_is_beyond_by_default() -> None:
    model = replace(source(), text=source().text.replace("o = 5.4 [mM]", "o = 1e12 [mM]"))
    cell = pipeline.cell_of(model, Options(target="numpy"))
    assert isinstance(cell, Cell)
    assert cell.manifest.assumed is None or {each.name for each in cell.manifest.assumed.ranges} == {"V"}
    assert np.isfinite(cell.run(until=0.1)["V"]).all()
