"""BrainPy's ions and channels in docs/parts.md: each row is a part of a cell that runs, with the numbers it states."""

from __future__ import annotations

import numpy as np
import pytest

import iondsl
from iondsl import catalogue, pipeline
from iondsl.errors import errors
from iondsl.options import Options
from iondsl.source import Source
from tests.docs.brainpy import CHANNELS, IONS, Row
from tests.reference import brainpy

PARTS = tuple(row for row in CHANNELS if "." in row.part)
WHOLE_CELLS = tuple(row for row in CHANNELS if "." not in row.part)
CELSIUS, CALCIUM = 30.0, 3e-3
VOLTAGES = np.linspace(-111, 49, 20)

CELL = f"""model cell:
temperature = {CELSIUS} [degC]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
space i:
    depth = 1 [um]
stimulus I_app = 0 [uA/cm^2]
"""
REVERSAL = {"Na": 55.0, "K": -85.0, "Ca": 120.0}
IONS_OF_A_CELL = {
    "Na": "ion Na:\n    z = +1\n    E = 55 [mV]\n",
    "K": "ion K:\n    z = +1\n    E = -85 [mV]\n",
    "Ca": f"ion Ca:\n    z = +2\n    E = 120 [mV]\n    i = {CALCIUM} [mM]\n",
}


def cell(*rows: Row, lines: tuple[str, ...] = ()) -> Source:
    """A membrane, ions, and the parts of some rows, by the names of their classes, with lines below the last."""
    brought = [row.part.rpartition(".")[2] for row in rows]
    ions = "".join(text for name, text in IONS_OF_A_CELL.items() if name not in brought)
    uses = "\n".join(row.use if row in IONS else row.use.replace(" from", f" as {row.classes[0]} from") for row in rows)
    below = "".join(f"    {line}\n" for line in lines)
    return Source("cell.ion", f"{CELL}{ions}{uses}{':' if lines else ''}\n{below}")


@pytest.mark.parametrize("row", [*IONS, *PARTS], ids=lambda row: row.classes[0])
def test_each_row_is_a_part_of_a_cell(row: Row) -> None:
    library, _, name = row.part.rpartition(".")
    assert name in [part.name for part in catalogue.library(library).parts]
    _, findings = pipeline.examine(cell(row))
    assert errors(findings) == ()


@pytest.mark.parametrize("rows", [PARTS, *((row,) for row in IONS)], ids=lambda rows: rows[-1].classes[0])
def test_the_cells_run(rows: tuple[Row, ...]) -> None:
    """One with all channels, and one for each ion."""
    result = pipeline.cell_of(cell(*rows), Options(target="numpy")).run(until=0.1)
    assert np.isfinite(result["V"]).all()


@pytest.mark.parametrize("name", brainpy.CHANNELS)
def test_the_lines_give_the_numbers_of_brainpy(name: str) -> None:
    """Its currents, with gates at their steady state, and their time constants, with and without an E of its own."""
    row, channel = next(row for row in CHANNELS if name in row.classes), brainpy.CHANNELS[name]
    for own in dict.fromkeys(("", row.own)):
        model = iondsl.Model(cell(row, lines=(*row.lines, *([own] if own else []))))
        carried = [ion for ion, _ in model.currents[row.classes[0]].carries]
        E = REVERSAL[carried[0]] if carried and not own else channel.E
        assert E is not None
        state = np.repeat([[each.value] for each in model.states], len(VOLTAGES), axis=1)
        state[0] = VOLTAGES
        gates = [each for each in model.states.names if each != "V"]
        for place, gate in enumerate(gates, start=1):
            state[place] = model.evaluate(f"{gate}.inf", state)
        expected = brainpy.current(channel, VOLTAGES, E, CELSIUS, CALCIUM)
        assert model.evaluate(row.classes[0], state) == pytest.approx(expected, rel=1e-11)
        taus = [tau for _, _, tau in channel.gates(VOLTAGES, CELSIUS, CALCIUM)]
        for gate, tau in zip(gates, taus, strict=True):
            assert model.evaluate(f"{gate}.tau", state) == pytest.approx(tau, rel=1e-11)


@pytest.mark.parametrize("row", WHOLE_CELLS, ids=lambda row: row.part)
def test_each_whole_cell_is_a_bundled_model(row: Row) -> None:
    """What a run sets for BrainPy's numbers are parameters of the model."""
    model = iondsl.load(row.part)
    set_ = [line.partition(" = ")[0] for line in row.lines]
    assert [name for name in set_ if name not in model.parameters.names] == []
