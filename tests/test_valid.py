"""Nothing is said about the files of tests/valid and the bundled models but what is true; each makes a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl import pipeline, reading, resources
from tests.explained import explained, places

FILES = sorted((Path(__file__).parent / "valid").glob("*.ion"))
MODELS = [*map(str, FILES), *resources.bundled_models()]


@pytest.mark.parametrize("name", MODELS, ids=lambda name: Path(name).stem)
def test_nothing_is_said_that_is_not_explained(name: str) -> None:
    source = reading.read(name)
    system, findings = pipeline.examine(source)
    assert places(findings) == explained(source)
    model = pipeline.model_of(system)
    assert [str(state.symbol) for state in model.states] == [state.name for state in system.states]
