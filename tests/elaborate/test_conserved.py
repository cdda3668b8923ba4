"""A conserved quantity is a derived one, with the unit and the flux that are stated for it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import iondsl
from iondsl import pipeline
from iondsl.conservation import proofs
from iondsl.options import Options
from iondsl.show import show
from iondsl.source import Source
from tests.elaborate.systems import formula, meaning, named, units, valid, value

DECAY = """
param k = 2 [1/s]
state a = 3 [mM]
state b = 0 [mM]
a' [mM/s] = -k * a
b' [mM/s] = k * a
conserved total [uM] = (a + b) in [uM]
conserved left = a
left' [mM/s] = -k * a
"""


def test_it_is_a_derived_quantity() -> None:
    system = meaning(DECAY)
    assert system.conserved == ("total", "left")
    assert [law.name for law in system.laws] == ["total", "left"]
    assert units(system)["total"] == "uM"
    assert value(system, "total") == 3000
    assert named(system, "total").rate is None


def test_its_flux_is_in_its_unit_over_time() -> None:
    assert value(meaning(DECAY), "left'") == -6e-3  # mM/ms


def test_a_flux_beside_a_constant_is_converted() -> None:
    system = valid("conserved")
    assert value(system, "K_total'", **{"I_h.I.K": 2.0, "I_app": 0.0}) == -2.0 / 96485.3321233100184 * 1e3
    assert formula(system, "K_total'").conversions


def test_it_is_proven_in_parts_too() -> None:
    found = {proof.law.name: proof.how for proof in proofs(valid("conserved"))}
    assert found == {
        "Na_total": "booked flows cancel",
        "K_total": "booked flows leave the stated flux",
        "Q": "booked flows cancel",
        "whole": "rates cancel",
        "buffer.total": "rates cancel",
        "buffer.alone": "rates leave the stated flux",
    }


def test_show_lists_it() -> None:
    lines = list(show(meaning(DECAY)))
    start = lines.index("conserved")
    assert lines[start + 1 : start + 3] == [
        "    total  [uM]  line 8  proven: rates cancel",
        "    left   [mM]  line 9  proven: rates leave the stated flux",
    ]


def test_it_is_recorded() -> None:
    cell = pipeline.cell_of(Source("lines.ion", f"model lines:\n{DECAY}"), Options("forward_euler", "numpy"))
    result = cell.run(until=100, dt=0.1, record=["total", "left"])
    assert np.allclose(result["total"], 3000, rtol=1e-14)
    assert result["left"][-1] < result["left"][0]


def test_python_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "lines.ion"
    path.write_text(f"model lines:\n{DECAY}", encoding="utf-8")
    total, left = iondsl.load(path).conserved
    assert (total.name, total.unit, total.value, total.flux, total.proof) == ("total", "uM", 3000, None, "rates cancel")
    assert str(left.expr) == "a"
    assert left.flux is not None
    assert sorted(map(str, left.flux.free_symbols)) == ["a", "k"]
