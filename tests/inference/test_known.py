"""What is accepted is known: no equation without a unit, and no current that the membrane leaves out in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl import pipeline, reading
from iondsl.elaborate.names import names_in
from iondsl.errors import errors
from iondsl.source import Source
from iondsl.system import System
from tests.inference.mutations import DROPPED, mutations
from tests.inference.test_mutations import MODELS

VALID = Path(__file__).parent.parent / "valid"
LEGITIMATE = Path(__file__).parent / "legitimate"
FILES = [*sorted(VALID.glob("*.ion")), *sorted(LEGITIMATE.glob("*.ion"))]


def accepted(source: Source) -> System | None:
    system, findings = pipeline.examine(source)
    return None if errors(findings) else system


def check(system: System) -> None:
    assert [each.name for each in system.quantities if each.unit is None] == []
    for voltage in system.quantities:
        cell, _, name = voltage.name.rpartition(".")
        if name == "V" and voltage.rate is not None and voltage.rate.origin:
            own = {each.name for each in system.currents if each.name.rpartition(".")[0] == cell}
            assert own <= names_in(voltage.rate.expanded)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_is_known(path: Path) -> None:
    system = accepted(reading.read(str(path)))
    assert system is not None
    check(system)


@pytest.mark.parametrize("model", MODELS)
def test_everything_is_known_also_where_a_unit_was_left_out(model: str) -> None:
    """Most of these are refused; what is not must not have lost anything."""
    source = reading.read(model)
    left_out = [each.source for each in mutations(source) if each.kind == DROPPED]
    for system in filter(None, map(accepted, [source, *left_out])):
        check(system)
