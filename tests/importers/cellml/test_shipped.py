"""Every file of CellML that Myokit comes with: the same derivatives as Myokit's own reader makes of it."""

from __future__ import annotations

import warnings
from pathlib import Path

import myokit
import pytest
from myokit.formats.cellml import CellMLImporter

from iondsl import reading
from iondsl.importers.cellml import read
from tests.importers.cellml.evaluating import Evaluation

FOLDER = Path(myokit.__file__).parent / "tests" / "data" / "formats" / "cellml"
EMPTY = ("documentation.cellml", "invalid-file.cellml")
FILES = [path for path in sorted(FOLDER.glob("*.cellml")) if path.name not in EMPTY]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_derivatives_are_those_of_myokit(path: Path) -> None:
    model = read(reading.read(str(path)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = CellMLImporter().model(str(path))
    names = [tuple(state.qname().split(".")) for state in other.states()]
    assert set(model.states) == set(names)
    initial = Evaluation(model)
    state = {name: initial.value(name) for name in model.states}
    assert state == dict(zip(names, other.initial_values(as_floats=True), strict=True))
    expected = dict(zip(names, other.evaluate_derivatives(), strict=True))
    found = Evaluation(model, state)
    assert {name: found.rate(name) for name in names} == pytest.approx(expected, rel=1e-12)


def test_there_are_files() -> None:
    assert len(FILES) >= 6
