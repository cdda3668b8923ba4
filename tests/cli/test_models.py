"""`iondsl models`."""

from __future__ import annotations

import pytest

from iondsl.resources import bundled_models
from tests.cli.outcome import Command, Outcome


@pytest.fixture
def done(iondsl: Command) -> Outcome:
    return iondsl("models")


def test_every_bundled_model_with_its_size_and_its_species(done: Outcome) -> None:
    assert done.code == 0
    headings = [line for line in done.out.splitlines() if not line.startswith(" ")]
    assert [line.split()[0] for line in headings] == list(bundled_models())
    by_name = {line.split()[0]: line.split(maxsplit=1)[1] for line in headings}
    assert by_name["hodgkin_huxley_1952"] == "4 states  Na, K"
    assert by_name["pinsky_rinzel_1994"] == "8 states  Na, K, Ca"  # Ca is of one compartment
    assert by_name["kay_2017"] == "6 states  Na, K, Cl, X"


def test_what_it_is_its_variants_and_its_sources(done: Outcome) -> None:
    expected = """
    Human ventricular myocyte, epicardial unless a variant is chosen.
    variants: endo, M
    doi:10.1152/ajpheart.00109.2006, doi:10.1152/ajpheart.00794.2003
"""
    assert expected in done.out
    assert max(map(len, done.out.splitlines())) <= 80
