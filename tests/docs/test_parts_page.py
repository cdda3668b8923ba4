"""docs/parts.md is the library: its tables are generated, its examples run, and each name of BrainPy has a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl import catalogue, pipeline
from iondsl.options import Options
from iondsl.source import Source
from tests.docs.brainpy import CHANNELS, CONSTRUCTS, IONS, Construct
from tests.docs.fences import Fence, fences
from tests.docs.parts import BRAINPY, refreshed, tables

PAGE = Path(__file__).parent.parent.parent / "docs" / "parts.md"

# The names of brainpy.dyn in 2.6.0 and 2.8.2.
ION_NAMES = {
    *("Ion", "MixIons", "mix_ions", "Calcium", "Sodium", "Potassium"),
    *("CalciumFixed", "SodiumFixed", "PotassiumFixed", "CalciumDetailed", "CalciumFirstOrder"),
}
CHANNEL_NAMES = {
    *("INa_Ba2002", "INa_Ba2002v2", "INa_TM1991", "INa_TM1991v2", "INa_HH1952", "INa_HH1952v2"),
    *("IKDR_Ba2002", "IKDR_Ba2002v2", "IK_TM1991", "IK_TM1991v2", "IK_HH1952", "IK_HH1952v2"),
    *("IKA1_HM1992", "IKA1_HM1992v2", "IKA2_HM1992", "IKA2_HM1992v2"),
    *("IKK2A_HM1992", "IKK2A_HM1992v2", "IKK2B_HM1992", "IKK2B_HM1992v2", "IKNI_Ya1989", "IKNI_Ya1989v2"),
    *("IKL", "IK_Leak", "IL", "ICaT_HM1992", "ICaHT_HM1992", "ICaT_HP1992", "ICaHT_Re1993", "ICaL_IS2008"),
    *("ICaN_IS2008", "IAHP_De1994", "IAHP_De1994v2", "Ih_HM1992", "Ih_De1996"),
    *("HH", "MorrisLecar", "WangBuzsakiHH"),
}


def test_the_tables_are_those_of_the_library(request: pytest.FixtureRequest) -> None:
    """`--update-golden` writes them anew."""
    page = PAGE.read_text(encoding="utf-8")
    text = refreshed(page)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    elif text != page:
        different = [line for line in page.splitlines() if line not in text] or ["a row is missing"]
        pytest.fail(f"docs/parts.md is not that of the library: run this test with --update-golden\n{different[0]}")


def test_there_is_a_table_for_each_folder() -> None:
    folders = {library.folder for library in catalogue.libraries()}
    assert {*folders, *BRAINPY} <= set(tables(PAGE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("fence", fences(PAGE), ids=str)
def test_example_runs(fence: Fence) -> None:
    assert fence.language == "ion"
    source = Source("model.ion", fence.text)
    _, findings = pipeline.examine(source)
    assert findings == ()
    pipeline.cell_of(source, Options(target="numpy")).run(until=0.1)


def test_each_name_of_an_ion_has_a_row() -> None:
    named = [name for each in CONSTRUCTS for name in each.names] + [name for row in IONS for name in row.classes]
    assert sorted(named) == sorted(ION_NAMES)


def test_each_class_of_channels_has_a_row() -> None:
    assert sorted(name for row in CHANNELS for name in row.classes) == sorted(CHANNEL_NAMES)


@pytest.mark.parametrize("each", CONSTRUCTS, ids=lambda each: each.example)
def test_each_construct_has_an_example(each: Construct) -> None:
    page = PAGE.read_text(encoding="utf-8")
    section = page.partition(f"#### {each.example}\n")[2].partition("\n###")[0]
    assert "```ion\n" in section
