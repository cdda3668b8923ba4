"""Every bundled library is right as it stands, before anyone uses a part of it."""

from __future__ import annotations

import pytest

from iondsl import pipeline, resources
from iondsl.errors import errors, render
from iondsl.source import Source


@pytest.mark.parametrize("name", resources.bundled_libraries())
def test_a_library_has_no_errors(name: str) -> None:
    file = f"{name.replace('.', '/')}.ion"
    _, findings = pipeline.examine(Source(file, resources.text(resources.MODELS, file)), library=True)
    assert not errors(findings), "\n".join(render(each) for each in findings)
