"""How many slips with a single unit of the bundled models are found; the others are listed in a golden file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iondsl import pipeline, reading, resources
from iondsl.errors import errors
from iondsl.source import Source
from iondsl.units import read_unit, same_dimension
from tests.inference.mutations import KINDS, MIXED, SCALE, Mutation, mutations

LEAST = 0.7
# Thousands of mutations, each of which is read once for every variant, that show nothing which smaller models do not.
LARGE = (
    *("courtemanche_1998", "difrancesco_noble_1985", "fabbri_2017", "ohara_rudy_2011", "ohara_rudy_land_2017"),
    *("ten_tusscher_2006", "tor_ord_2019"),
)
MODELS = [name for name in resources.bundled_models() if name not in LARGE]


def is_caught(mutation: Mutation) -> bool:
    return bool(errors(pipeline.examine(mutation.source)[1]))


def report(tried: list[Mutation], caught: set[Mutation]) -> str:
    """The shares that are caught, and the survivors."""
    outside = [each for each in tried if not each.in_protocol]
    parts = {kind: [each for each in outside if each.kind == kind] for kind in KINDS}
    parts |= {"in declarations and equations": outside, "in protocols": [each for each in tried if each.in_protocol]}
    parts |= {"everywhere": tried}
    shares = [share(name, part, caught) for name, part in parts.items()]
    survivors = [str(each) for each in tried if each not in caught]
    return "\n".join(["Caught:", *shares, "", "Not caught:", *survivors, ""])


def share(name: str, part: list[Mutation], caught: set[Mutation]) -> str:
    count = len(caught.intersection(part))
    return f"{name:32}{count:5} of{len(part):5}{count / len(part):7.0%}"


@pytest.mark.slow
def test_mutations_of_the_bundled_models(golden: Callable[[str, str], None]) -> None:
    tried = [each for name in MODELS for each in mutations(reading.read(name))]
    caught = {each for each in tried if is_caught(each)}
    assert len(caught) >= LEAST * len(tried)
    golden("inference/survivors.txt", report(tried, caught))


def test_each_literal_in_every_way() -> None:
    source = Source("x", 'model x: "in [mV]"  # [ms]\nx = 2 [mS/cm^2] * (V + 1 [mV])\nprotocol p:\n    I = 3 [1/ms]\n')
    assert [str(each) for each in mutations(source)] == [
        "x: x = 2 [mS/cm^2 -> S/cm^2] * (V + 1 [mV])",
        "x: x = 2 [mS/cm^2 -> mS] * (V + 1 [mV])",
        "x: x = 2 [mS/cm^2 -> ] * (V + 1 [mV])",
        "x: x = 2 [mS/cm^2 -> mV] * (V + 1 [mV])",
        "x: x = 2 [mS/cm^2 -> 1/ms] * (V + 1 [mV])",
        "x: x = 2 [mS/cm^2] * (V + 1 [mV -> V])",
        "x: x = 2 [mS/cm^2] * (V + 1 [mV -> ms])",
        "x: x = 2 [mS/cm^2] * (V + 1 [mV -> ])",
        "x: x = 2 [mS/cm^2] * (V + 1 [mV -> mS/cm^2])",
        "x: x = 2 [mS/cm^2] * (V + 1 [mV -> 1/ms])",
        "x: I = 3 [1/ms -> 1/s]",
        "x: I = 3 [1/ms -> ms]",
        "x: I = 3 [1/ms -> ]",
        "x: I = 3 [1/ms -> mS/cm^2]",
        "x: I = 3 [1/ms -> mV]",
    ]
    assert [each.in_protocol for each in mutations(source)] == [False] * 10 + [True] * 5
    assert next(mutations(source)).text.splitlines()[1] == "x = 2 [S/cm^2] * (V + 1 [mV])"


def test_what_is_caught_is_not_caught_for_its_spelling() -> None:
    for name in MODELS:
        for each in mutations(reading.read(name)):
            old, new = (read_unit("K" if unit == "degC" else unit or "1") for unit in (each.old, each.new))
            assert same_dimension(old, new) == (each.kind == SCALE) or each.kind == MIXED
