"""`iondsl parts`: the library as a list, and one part of it."""

from __future__ import annotations

import pytest

from iondsl.catalogue import libraries
from tests.cli.outcome import Command


def test_the_list_has_every_part(iondsl: Command) -> None:
    done = iondsl("parts")
    assert (done.code, done.err) == (0, "")
    known = libraries()
    heads = [line.partition(":")[0] for line in done.out.splitlines() if line and not line.startswith(" ")]
    assert heads == [library.name for library in known]
    names = {line.split()[0] for line in done.out.splitlines() if line.startswith("    ")}
    assert {part.name for library in known for part in library.parts} <= names
    assert max(map(len, done.out.splitlines())) <= 100


def test_a_folder_a_library_and_a_name_that_several_have(iondsl: Command) -> None:
    assert "ions.sodium_fixed" in iondsl("parts", "ions").out
    assert "channels" not in iondsl("parts", "ions").out
    assert "I_A1" in iondsl("parts", "channels.huguenard_mccormick_1992").out
    several = iondsl("parts", "I_T").out
    assert "channels.huguenard_mccormick_1992" in several
    assert "channels.huguenard_prince_1992" in several
    assert "I_A1" not in several


def test_one_part(iondsl: Command) -> None:
    done = iondsl("parts", "channels.hodgkin_huxley_1952.I_Na")
    assert (done.code, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    for expected in (
        "current I_Na carries Na",
        "doi:10.1113/jphysiol.1952.sp004764",
        "use I_Na from channels.hodgkin_huxley_1952",
        "V [mV]",
        "Na.E [mV]",
        "I_Na.m.beta [1/ms] = 4 * exp(-(I_Na.u + 20) / 18)",
    ):
        assert any(line.startswith(expected) for line in lines), expected
    assert "I_K" not in done.out


def test_a_part_that_is_alone_with_its_name(iondsl: Command) -> None:
    assert iondsl("parts", "I_AHP").out == iondsl("parts", "channels.destexhe_1994.I_AHP").out


def test_what_a_part_reads_and_what_it_does_not_show(iondsl: Command) -> None:
    """Concentrations are the model's; what parts beside it book on a pool is not of the pool."""
    pump = iondsl("parts", "pumps.kager_2000.I_NaK").out
    read = pump.partition("reads from the model\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in read.splitlines()] == ["Na.i", "K.o"]
    pool = iondsl("parts", "ions.calcium_detailed.Ca").out
    assert "influx(Ca.i)" in pool
    assert "pump." not in pool


def test_a_copy_has_what_it_restates_and_what_it_is_a_copy_of(iondsl: Command) -> None:
    copy = iondsl("parts", "channels.huguenard_mccormick_1992.I_HT").out
    assert copy.startswith("current I_HT carries Ca\n")
    assert "doi:10.1152/jn.1992.68.4.1373" in copy
    assert any(line.split()[:2] == ["I_HT.V_sh", "25"] for line in copy.splitlines() if line.strip())


def test_an_ion_that_takes_up_what_is_booked_needs_a_space(iondsl: Command) -> None:
    for name in ("calcium_detailed", "calcium_first_order"):
        read = iondsl("parts", f"ions.{name}.Ca").out.partition("reads from the model\n")[2].partition("\n\n")[0]
        assert "space i" in read
    assert "space i" not in iondsl("parts", "ions.pools.Ca").out


def test_a_word_that_is_no_name_is_sought_in_the_texts(iondsl: Command) -> None:
    found = iondsl("parts", "Receptor").out
    assert "synapses.destexhe_1998:" in found
    assert "gap_junction" not in found
    calcium = iondsl("parts", "calcium").out
    assert "I_AHP" in calcium
    assert "I_K2A" not in calcium


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("I_AHQ", "did you mean `I_AHP`?"),
        ("channels.hodgkin_huxley_1952.I_AHQ", "did you mean `I_AHP`?"),
        ("chanels", "did you mean `channels`?"),
        ("zzz", "`iondsl parts` lists them"),
    ],
)
def test_a_name_that_no_part_has(iondsl: Command, name: str, cure: str) -> None:
    done = iondsl("parts", name)
    assert (done.code, done.out) == (2, "")
    assert f"the library has no part `{name}`" in done.err
    assert cure in done.err
