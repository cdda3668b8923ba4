"""W308: flows that are cut off on their way into a concentration, in every form; flows that may do as they like."""

from __future__ import annotations

import pytest

from tests.checks.lints import places, warnings

POOL = """
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
space i:
    depth = 1 [um]
ion Ca:
    z = +2
    o = 2 [mM]
    state i = 1e-4 [mM]
    i' = {rate} - (i - 1e-4 [mM]) / 5 [ms]
current I_Ca carries Ca:
    I = {current}
{lines}
"""
CURRENT = "1 [mS/cm^2] * (V - 120)"


def pool(rate: str, lines: str = "", current: str = CURRENT) -> str:
    return POOL.format(rate=rate, lines=lines, current=current)


@pytest.mark.parametrize(
    "cut",
    [
        "max(influx(Ca.i), 0)",
        "max(0, influx(Ca.i))",
        "-min(-influx(Ca.i), 0)",
        "min(influx(Ca.i), 1 [mM/ms])",
        "(influx(Ca.i) if influx(Ca.i) > 0 else 0)",
        "(0 if influx(Ca.i) <= 0 else influx(Ca.i))",
        "max(-I_Ca / (2 * F * i.depth), 0)",
    ],
)
def test_what_is_cut_off_is_found(cut: str) -> None:
    (found,) = places("W308", pool(cut))
    assert found in (cut, cut.removeprefix("-"), cut[1:-1])


def test_through_derived_quantities_and_functions() -> None:
    lines = "drive = -I_Ca / (2 * F * i.depth)\ninward = max(drive, 0) in [mM/ms]\nfunction positive(x) = max(x, 0)"
    assert places("W308", pool("inward", lines)) == ["max(drive, 0)"]
    assert places("W308", pool("positive(influx(Ca.i))", lines)) == ["positive(influx(Ca.i))"]


def test_a_concentration_that_is_no_ions() -> None:
    lines = "state c = 1 [uM]\nc' = max(-I_Ca / (2 * F * 1 [um]), 0) - c / 80 [ms]"
    assert places("W308", pool("influx(Ca.i)", lines)) == ["max(-I_Ca / (2 * F * 1 [um]), 0)"]


def test_what_is_said() -> None:
    (found,) = warnings("W308", pool("max(influx(Ca.i), 0)"))
    assert found.message == "`influx(Ca.i)` is cut off at 0: what goes beyond that is lost"
    (found,) = warnings("W308", pool("max(-I_Ca / (2 * F * i.depth), 0)"))
    assert found.message.startswith("`I_Ca` is cut off at 0")


@pytest.mark.parametrize(
    ("rate", "lines", "current"),
    [
        ("influx(Ca.i)", "", CURRENT),
        ("influx(Ca.i)", "", f"min({CURRENT}, 0)"),  # it is the current itself that rectifies
        ("influx(Ca.i)", "inward = max(-I_Ca, 0)", CURRENT),  # nothing that is kept reads it
        ("influx(Ca.i)", "state x = 1\nx' = max(-I_Ca / 1 [uA/cm^2], 0) / 1 [ms]", CURRENT),  # no concentration
        ("influx(Ca.i) - max(i - 1e-3 [mM], 0) / 1 [ms]", "", CURRENT),  # a pump above a threshold
        ("influx(Ca.i) * max(1 - i / 1 [mM], 0)", "", CURRENT),
        ("max(influx(Ca.i), -influx(Ca.i))", "", CURRENT),
        ("(influx(Ca.i) if V > 0 [mV] else 0)", "", CURRENT),
    ],
)
def test_silent(rate: str, lines: str, current: str) -> None:
    assert places("W308", pool(rate, lines, current)) == []
