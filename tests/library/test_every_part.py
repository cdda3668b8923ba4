"""Every part of the library, alone in a cell that has all ions, spaces and the temperature."""

from __future__ import annotations

import numpy as np
import pytest

import iondsl
from iondsl import catalogue, resources
from iondsl.catalogue import Part
from iondsl.source import Source

CELL = """model cell:
temperature = 36 [degC]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
    area = 1000 [um^2]
input transmitter [mM] = 0.5 [mM]
input phosphorylated = 0.1
input trigger [A/F] = -1 [A/F]
"""
NAMES = ("i", "ss", "sr", "nsr", "jsr", "er", "troponin")
SPACES = {name: f"space {name}:\n    volume = 2000 [um^3]\n" for name in NAMES}
IONS = {
    "Na": "ion Na:\n    z = +1\n    i = 12 [mM]\n    o = 145 [mM]\n    ss = 12 [mM]\n",
    "K": "ion K:\n    z = +1\n    i = 140 [mM]\n    o = 5 [mM]\n    ss = 140 [mM]\n",
    "Cl": "ion Cl:\n    z = -1\n    i = 10 [mM]\n    o = 110 [mM]\n",
    "Mg": "ion Mg:\n    z = +2\n    i = 1 [mM]\n",
    "Ca": "ion Ca:\n    z = +2\n    state i = 1e-4 [mM]\n    o = 2 [mM]\n    state ss = 1e-4 [mM]\n"
    "    state sr = 1 [mM]\n    state nsr = 1 [mM]\n    state jsr = 1 [mM]\n    state er = 1 [mM]\n"
    "    state troponin = 1e-3 [mM]\n",
}


def cell(part: Part) -> Source:
    around = "".join(text for name, text in {**SPACES, **IONS}.items() if name != part.name)
    around = around.replace(f"    state {part.name} = 1e-3 [mM]\n", "")  # no pool of a space that is not there
    return Source("cell.ion", f"{CELL}{around}{part.use}\n")


@pytest.mark.parametrize("name", resources.bundled_libraries())
def test_each_in_a_cell(name: str) -> None:
    """Its slopes are numbers. Of what has no default, a potential, that of the cell beside, is -50 mV, a share 0.5."""
    for part in catalogue.library(name).parts:
        model = iondsl.Model(cell(part))
        beside = {each.name: -50.0 if each.unit == "mV" else 0.5 for each in model.inputs if np.isnan(each.value)}
        assert np.isfinite(model.derivatives(inputs=beside)).all(), part.name
