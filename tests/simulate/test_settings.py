"""`NAME=VALUE[unit]`: what is set, and everything that can be wrong with it, at once."""

from __future__ import annotations

import pytest

from iondsl.errors import UsageError
from iondsl.manifest import Column, Manifest, Place, ProtocolTable, WaveTable
from iondsl.options import Options
from iondsl.simulate.settings import missing, settings
from iondsl.wave import Wave

STEP = (Wave("steps", (("value", 300.0), ("time", 1.0), ("value", 310.0))),)

MANIFEST = Manifest(
    name="model",
    doc="",
    time_unit="ms",
    options=Options(),
    states=(Column("V", "mV"),),
    parameters=(Column("T", "K"), Column("I_Na.g", "mS/cm^2"), Column("I_K.g", "mS/cm^2"), Column("k", "")),
    inputs=(Column("I_app", "uA/cm^2", default=0.0), Column("light", "1")),
    observables=(Column("I_Na", "uA/cm^2"),),
    protocols=(
        ProtocolTable("warm", "", (WaveTable("T", STEP, False), WaveTable("light", STEP, False))),
        ProtocolTable("lit", "", (WaveTable("light", STEP, False),)),
    ),
    aliases={"temperature": "T", "I_Na.I": "I_Na"},
)


def problems(*texts: str, protocol: str | None = "lit") -> list[str]:
    with pytest.raises(UsageError) as refused:
        settings(MANIFEST, texts, protocol)
    return str(refused.value).splitlines()


def test_nothing_is_set() -> None:
    found = settings(MANIFEST, (), "lit")
    assert (found.parameters, found.inputs) == ({}, {})


def test_parameters_and_inputs_in_their_units() -> None:
    found = settings(MANIFEST, ("I_Na.g=0.1[S/cm^2]", "I_app = 5", "temperature=20[degC]"), "lit")
    assert found.parameters == {"I_Na.g": 100.0, "T": 293.15}
    assert found.inputs == {"I_app": 5.0}


def test_what_the_protocol_drives_is_overridden_as_an_input() -> None:
    found = settings(MANIFEST, ("temperature=20[degC]",), "warm")
    assert (found.parameters, found.inputs) == ({}, {"T": 293.15})


def test_all_problems_at_once() -> None:
    assert problems("I_Nq.g=1", "I_Na.g=1[mV]", "I_Na.g", "V=-70", "I_Na.I=1", "k=1,5") == [
        "unknown parameter or input `I_Nq.g`: did you mean `I_Na.g`?",
        "`I_Na.g`: it is measured in [mS/cm^2], and [mV] has another dimension",
        "`I_Na.g` sets nothing: write NAME=VALUE[unit], as in `I_Na.g=100[mS/cm^2]`",
        "`V` is a state, whose initial value stands in the model: only parameters and inputs can be set",
        "`I_Na.I` is computed by the model: only parameters and inputs can be set",
        "`k`: `1,5` is not a number: write a decimal point, `1.5`",
    ]


def test_a_name_without_its_block() -> None:
    assert problems("g=1") == ["unknown parameter or input `g`: did you mean `I_Na.g` or `I_K.g`?"]


def test_a_name_like_no_other() -> None:
    [problem] = problems("zzz=1")
    assert problem.startswith("unknown parameter or input `zzz`: the model has `T`, `I_Na.g`")


def test_twice() -> None:
    assert problems("T=300", "temperature=300[K]") == ["`T` is set twice"]


def test_a_bare_temperature_could_be_either_scale() -> None:
    assert problems("temperature=20") == ["`temperature` needs its unit: `temperature=20[degC]`, or [K]"]


def test_an_input_that_nothing_gives_a_value() -> None:
    assert problems(protocol=None) == [
        "the input `light` has no default: set it, or choose a protocol that drives it"
    ]
    assert settings(MANIFEST, ("light=1",), None).inputs == {"light": 1.0}


def test_an_input_of_a_used_part_may_be_bound_instead() -> None:
    own, used = Column("light", "mM"), Column("I_gap.V_other", "mV", place=Place("gap.ion:3:5", ()))
    assert missing([own, used], ["light"]) == [
        "the input `I_gap.V_other` has no default: set it, choose a protocol that drives it, "
        "or bind it below its `use`: `V_other = ...`"
    ]


def test_an_unknown_protocol() -> None:
    assert problems(protocol="dark") == ["unknown protocol `dark`: the model has `warm`, `lit`"]
