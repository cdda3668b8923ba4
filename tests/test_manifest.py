"""What a manifest holds comes back from JSON exactly."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iondsl.manifest import Column, Manifest, Place, ProtocolTable, WaveTable, from_json, to_json
from iondsl.options import Options
from iondsl.wave import Wave

PLACE = Place("cell.ion:3:5", ("    3 |     state V = -65 [mV]", "      |           ^"))
MANIFEST = Manifest(
    name="cell",
    doc="Squid giant axon, 6.3 °C.",
    time_unit="ms",
    options=Options(scheme="rk4", dtype="float32", portable=True, held=("V", "I_Na.g")),
    states=(Column("V", "mV", "membrane potential", -65.0, "state", PLACE), Column("I_Na.m", "")),
    parameters=(Column("I_Na.g", "mS/cm^2", "", 0.1 + 0.2), Column("phi", "", "", 5e-324, limit="size")),
    inputs=(Column("I_app", "µA/cm^2", default=0.0),),
    observables=(Column("V'", "mV/ms"),),
    protocols=(
        ProtocolTable(
            "step",
            "ten",
            (
                WaveTable("I_app", (Wave("pulse", (("start", 5.0), ("height", math.inf)), -1 / 3),), False),
                WaveTable("V", (Wave("steps", (("value", -65.0), ("time", 1.0), ("value", 0.0))),), True),
            ),
        ),
    ),
    aliases={"E_Na": "Na.E"},
    potentials=("V", "dend.V"),
)


def test_round_trip() -> None:
    assert from_json(to_json(MANIFEST)) == MANIFEST


def test_same_bytes() -> None:
    assert to_json(from_json(to_json(MANIFEST))) == to_json(MANIFEST)


def test_text_is_strict_json() -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    manifest = replace(MANIFEST, parameters=(Column("g", "", default=math.nan),))
    fields = json.loads(to_json(manifest), parse_constant=refuse)
    assert fields["name"] == "cell"


@given(st.floats(allow_nan=False) | st.none())
def test_numbers_are_exact(value: float | None) -> None:
    parameters = (Column("g", "", default=value),)
    (column,) = from_json(to_json(replace(MANIFEST, parameters=parameters))).parameters
    assert repr(column.default) == repr(value)


def test_nan_marks_a_computed_parameter() -> None:
    parameters = (Column("g", "", default=math.nan),)
    (column,) = from_json(to_json(replace(MANIFEST, parameters=parameters))).parameters
    assert column.default is not None
    assert math.isnan(column.default)


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"name": "cell"}'])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_json(text)
