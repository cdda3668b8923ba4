"""What libcellml gets to see of a file, and what is said where it is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from iondsl import reading
from iondsl.errors import UsageError
from iondsl.importers.cellml.files import read_files
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.outline import outline
from iondsl.importers.cellml.validation import files
from tests.importers.cellml.building import component, model, read_text

FILES = Path(__file__).parents[2] / "parity" / "files"


def test_without_libcellml_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libcellml", None)
    with pytest.raises(UsageError, match=r"libcellml, which is not installed\n  pip install iondsl\[cellml\]"):
        read_text(model(component("x ms 1")))


def test_the_outline_has_the_structure_and_nothing_else() -> None:
    document = read_files(reading.read(str(FILES / "hodgkin-huxley-1952-1.1.cellml")), Findings())
    names = {each: f"{number}.cellml" for number, each in enumerate(files(document))}
    text = outline(document, names)
    assert list(names.values()) == ["0.cellml", "1.cellml"]
    assert 'xlink:href="1.cellml"' in text
    assert all(word not in text for word in ("gates", "math", "<units", "<!--", "mV"))
    assert text.count("<variable ") == text.count('units="dimensionless"') > 20
