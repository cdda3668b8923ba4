"""W306: potentials that stay, and potentials that follow."""

from __future__ import annotations

import pytest

from iondsl.pipeline import examine
from iondsl.source import Source

CELL = """model cell:
temperature = 37 [degC]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
space i:
    depth = 1 [um]
space o:
    depth = 1 [um]
space er:
    depth = 0.1 [um]
ion K:
    z = +1
    {lines}
current I_K carries K{ends}:
    I = 0.1 [mS/cm^2] * (V - {E})
"""


def fixed(lines: str, E: str = "K.E", ends: str = "") -> list[str]:
    text = CELL.format(lines=lines.replace("\n", "\n    "), E=E, ends=ends)
    _, findings = examine(Source("cell.ion", text))
    return [finding.message for finding in findings if finding.code == "W306"]


@pytest.mark.parametrize(
    ("lines", "moving"),
    [
        ("E = -90 [mV]\nstate i = 140 [mM]", "K.i"),
        ("E = -90 [mV]\ni = 140 [mM]\nstate o = 4 [mM]", "K.o"),
        ("param half = -45 [mV]\nE = 2 * half\nstate i = 140 [mM]", "K.i"),
        ("E = -90 [mV]\ni = 140 [mM] + V * 0 [mM/mV]", "K.i"),
    ],
)
def test_found(lines: str, moving: str) -> None:
    assert fixed(lines) == [f"`K.E` stays where it is while `{moving}` moves"]


@pytest.mark.parametrize(
    "lines",
    [
        "state i = 140 [mM]\no = 4 [mM]",
        "E = -90 [mV]\ni = 140 [mM]\no = 4 [mM]",
        "E = -90 [mV]",
        "E = nernst(1, i, 4 [mM])\nstate i = 140 [mM]",
        "E = 26 [mV] * log(ratio)\nratio = 4 [mM] / i\nstate i = 140 [mM]",
        "input E = -90 [mV]\nstate i = 140 [mM]",
        "E = -90 [mV]\nstate er = 1 [mM]",
    ],
)
def test_silent(lines: str) -> None:
    assert fixed(lines) == []


def test_a_potential_that_nothing_reads() -> None:
    assert fixed("E = -90 [mV]\nstate i = 140 [mM]", E="-90 [mV]") == []


def test_the_space_in_which_a_current_ends() -> None:
    lines = "E = -90 [mV]\nstate er = 140 [mM]"
    assert fixed(lines, ends=" from er to o") == ["`K.E` stays where it is while `K.er` moves"]
