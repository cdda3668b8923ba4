"""What is said about each file of `invalid`: exactly the text beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iondsl.errors import ModelError
from iondsl.importers import mmt
from iondsl.reading import read

FOLDER = Path(__file__).parent / "invalid"
FILES = sorted(FOLDER.glob("*.mmt"))
CODE = re.compile(r'"(E6[0-9]{2})"')


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_diagnostics(path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(ModelError) as raised:
        mmt.read(read(path.name))
    found, expected = f"{raised.value}\n", path.with_suffix(".expected")
    if request.config.getoption("--update-golden"):
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize(("data", "code"), [(b"[[model]]\n# \xb5\n", "E109"), (b"[[model]]\n\0", "E110")])
def test_no_text(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "cell.mmt"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=code):
        read(str(path))


def test_every_code_is_shown() -> None:
    sources = Path(mmt.__file__).parent.glob("*.py")
    raised = {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))}
    texts = [path.with_suffix(".expected").read_text(encoding="utf-8") for path in FILES]
    shown = {code for text in texts for code in re.findall(r"\[(E[0-9]{3})\]", text)}
    assert raised == shown
