"""No file under models/, model or library, keeps a warning that is not explained beside its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl import pipeline, reading
from iondsl.errors import ModelError, errors
from iondsl.source import Source
from tests.explained import explained, places

MODELS = Path(__file__).parent.parent.parent / "models"
FILES = sorted(MODELS.rglob("*.ion"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(MODELS).as_posix())
def test_warnings_are_explained(path: Path) -> None:
    """What is said of a line in another file, from which a part comes, is explained there."""
    source = reading.read(str(path))
    _, findings = pipeline.examine(source, library=True)
    assert not errors(findings), str(ModelError(findings))
    for file in {each.span.source for each in findings if each.span is not None} | {source}:
        found = places(each for each in findings if each.span is None or each.span.source == file)
        assert found <= explained(file), str(ModelError(findings))
        assert file != source or found == explained(file), "an explanation of what is not there"


def test_where_an_explanation_stands() -> None:
    lines = [
        "x = 1  # W202: a reason",
        's = "# W202"',
        "# W306: a reason that",
        "# goes on",
        'y = 2 "z"  # and W305',
        "z = 3",
    ]
    expected = {"W202 in line 1", "W306 in line 5", "W305 in line 5"}
    assert explained(Source("x.ion", "\n".join(lines))) == expected
