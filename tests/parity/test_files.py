"""iondsl computes what Myokit does: the files of this folder, and those that come with Myokit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import iondsl
from tests.parity import exact
from tests.parity.comparison import compare
from tests.parity.course import course, of_source, times
from tests.parity.source import source
from tests.parity.spans import spans

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),  # Myokit warns of what its readers leave out
]

FILES = Path(__file__).parent / "files"
SHIPPED = sorted(str(path) for path in FILES.iterdir() if path.suffix in (".mmt", ".cellml"))
CELLML = "myokit:tests/data/formats/cellml"
INSTALLED = [
    *("myokit:tests/data/lr-1991.mmt", "myokit:tests/data/decker-2009.mmt"),
    *(f"{CELLML}/br-1977.cellml", f"{CELLML}/br-1977-dot.cellml", f"{CELLML}/corrias.cellml"),
]


def test_there_are_enough_of_each() -> None:
    assert len([path for path in SHIPPED if path.endswith(".mmt")]) >= 6
    assert len([path for path in SHIPPED if path.endswith(".cellml")]) >= 6


@pytest.mark.parametrize("path", [*SHIPPED, *INSTALLED], ids=lambda path: Path(path).name)
def test_parity(path: str) -> None:
    found = compare(path)
    assert found.accepted, found
    assert not found.undefined


@pytest.mark.parametrize("name", ["beeler-1977-units.mmt", "example-2.0.cellml", "hodgkin-huxley-1952-1.1.cellml"])
def test_a_run_is_the_course_of_the_source(name: str) -> None:
    """A plain run with short steps: its protocol, or the conditions on time, are those of the file.

    A step before a condition on time changes sees it with its last stage: 80 mV/ms for 1/6 of 0.001 ms, here.
    """
    theirs = source(FILES / name)
    parts = spans(theirs)
    expected = course(of_source(theirs), theirs.start, parts, jacobian=False)[theirs.potential]
    cell = iondsl.load(exact.place(FILES / name)).compile(scheme="rk4")
    protocol = cell.protocols[0].name if len(cell.protocols) else None
    result = cell.run(until=parts[-1].end, dt=0.001, protocol=protocol, record=("V",), every=0.005)
    assert np.interp(times(parts), result.time, result["V"][:, 0]) == pytest.approx(expected, abs=0.03)
