"""docs/python.md is true: its blocks run one after the other, and print what the text behind them says."""

from __future__ import annotations

import runpy
import shutil
import sys
from pathlib import Path

import pytest

import iondsl
from tests.docs.fences import Fence, fences

PAGE = Path(__file__).parent.parent.parent / "docs" / "python.md"
STANDALONE = "hodgkin_huxley_1952"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the reader is said to work: it holds the module that `iondsl compile` leaves."""
    kernel = iondsl.load(STANDALONE).compile(target="numpy").module
    shutil.copyfile(str(vars(kernel)["__file__"]), tmp_path / f"{STANDALONE}.py")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, STANDALONE, raising=False)
    return tmp_path


def test_blocks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block, expected in with_outputs(fences(PAGE)):
        script = folder / f"{block}.py"
        script.write_text(block.text, encoding="utf-8")
        names = runpy.run_path(str(script), init_globals=names)
        assert (str(block), capsys.readouterr().out) == (str(block), expected)


def with_outputs(blocks: tuple[Fence, ...]) -> list[tuple[Fence, str]]:
    """Each Python block with the text behind it, empty where there is none."""
    assert {block.language for block in blocks} == {"python", "text"}
    followed = zip(blocks, (*blocks[1:], Fence("", "", 0)), strict=True)
    return [
        (block, behind.text if behind.language == "text" else "")
        for block, behind in followed
        if block.language == "python"
    ]
