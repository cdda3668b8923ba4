"""Nothing is said about the files of tests/valid and the bundled models but what is true; each makes a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl import pipeline, reading, resources

FILES = sorted((Path(__file__).parent / "valid").glob("*.ion"))
MODELS = [*map(str, FILES), *resources.bundled_models()]
PUBLISHED = {"cressman_2009": ("W301",)}  # its pump moves net charge outside V'


@pytest.mark.parametrize("name", MODELS, ids=lambda name: Path(name).stem)
def test_nothing_is_said(name: str) -> None:
    system, findings = pipeline.examine(reading.read(name))
    assert tuple(finding.code for finding in findings) == PUBLISHED.get(name, ())
    model = pipeline.model_of(system)
    assert [str(state.symbol) for state in model.states] == [state.name for state in system.states]
