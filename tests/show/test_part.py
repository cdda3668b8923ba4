"""What is printed of a part of a library."""

from __future__ import annotations

import pytest

from iondsl import catalogue, pipeline, resources
from iondsl.show.part import show_part


@pytest.mark.parametrize("name", resources.bundled_libraries())
def test_every_part_of_the_library(name: str) -> None:
    """It has a text, and lines that fit."""
    library = catalogue.library(name)
    system, _ = pipeline.examine(library.source, library=True)
    assert library.doc
    assert library.parts
    for part in library.parts:
        lines = list(show_part(system, part))
        assert lines[0] == part.head
        assert f"    {part.use}" in lines
        assert part.doc
        assert [line for line in lines if len(line) > 100] == []
