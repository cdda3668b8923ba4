"""W303: flows that a written equation of their pool leaves out, and flows that it reads in one way or another."""

from __future__ import annotations

import pytest

from iondsl.pipeline import examine
from iondsl.source import Source

CELL = """model cell:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
{space}
ion Ca:
    z = +2
    state i = 1e-4 [mM]
    i' = {rate} - (i - 1e-4 [mM]) / 80 [ms]
current I_L carries Ca:
    I = 0.1 [mS/cm^2] * (V - 120 [mV])
current I_T carries Ca:
    I = 0.1 [mS/cm^2] * (V - 120 [mV])
total = I_L + I_T
param k = -0.01 [mM cm^2/(uA ms)]
"""
SPACE = "space i:\n    depth = 1 [um]"


def left_out(rate: str, space: str = "") -> list[str]:
    _, findings = examine(Source("cell.ion", CELL.format(rate=rate, space=space)))
    return [finding.message for finding in findings if finding.code == "W303"]


@pytest.mark.parametrize("rate", ["k * (I_L + I_T)", "k * total", "k * (I_L.I + total)"])
@pytest.mark.parametrize("space", ["", SPACE])
def test_flows_that_are_read_by_name(rate: str, space: str) -> None:
    assert left_out(rate, space) == []


@pytest.mark.parametrize("rate", ["influx(i)", "0.01 * influx(Ca.i)"])
def test_influx(rate: str) -> None:
    assert left_out(rate, SPACE) == []


@pytest.mark.parametrize("space", ["", SPACE])
def test_flows_that_are_not(space: str) -> None:
    assert left_out("k * I_L", space) == ["`I_T` is booked on `Ca.i`, whose `i' =` does not read it"]
    assert left_out("0", space) == ["`I_L` and `I_T` are booked on `Ca.i`, whose `i' =` does not read them"]
