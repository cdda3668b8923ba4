"""`iondsl new`: the file that it writes, and what it refuses to write. What the templates compute: tests/templates."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from iondsl import starting
from tests.cli.outcome import Command


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_neuron_unless_another_is_asked_for(iondsl: Command, folder: Path) -> None:
    done = iondsl("new", "my_cell")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "wrote my_cell.ion; next:",
        "  iondsl check my_cell.ion",
        "  iondsl run my_cell.ion --protocol step --plot my_cell.png",
        "  iondsl show my_cell.ion",
    ]
    text = (folder / "my_cell.ion").read_text(encoding="utf-8")
    assert text == starting.beginning("neuron", "my_cell")
    assert "model my_cell:" in text
    assert "iondsl check my_cell.ion" in text
    assert "NAME" not in text


@pytest.mark.parametrize("template", starting.templates())
def test_what_to_type_next_works(iondsl: Command, folder: Path, template: str) -> None:
    """Here with NumPy and for 5 ms only."""
    lines = iondsl("new", "cell", "--template", template).out.splitlines()[1:]
    for line in lines:
        _, word, *rest = shlex.split(line)
        done = iondsl(word, *rest, *(("--target", "numpy", "--until", "5") if word == "run" else ()))
        assert (done.code, done.err) == (0, ""), line
    assert (folder / "cell.png").read_bytes().startswith(b"\x89PNG")


def test_a_path(iondsl: Command, folder: Path) -> None:
    (folder / "my cells").mkdir()
    done = iondsl("new", "my cells/heart.ion", "--template", "cardiac")
    assert done.code == 0
    assert "  iondsl check 'my cells/heart.ion'\n" in done.out
    assert "model heart:" in (folder / "my cells" / "heart.ion").read_text(encoding="utf-8")


def test_a_file_is_never_overwritten(iondsl: Command, folder: Path) -> None:
    file = folder / "cell.ion"
    file.write_text("years of work", encoding="utf-8")
    done = iondsl("new", "cell")
    assert (done.code, done.out) == (2, "")
    assert "cell.ion is there already" in done.err
    assert "--force" in done.err
    assert file.read_text(encoding="utf-8") == "years of work"


def test_but_by_force(iondsl: Command, folder: Path) -> None:
    file = folder / "cell.ion"
    file.write_text("years of work", encoding="utf-8")
    assert iondsl("new", "cell", "--force", "--template", "channel").code == 0
    assert file.read_text(encoding="utf-8") == starting.beginning("channel", "cell")


def test_a_link_that_leads_nowhere_is_a_file_too(iondsl: Command, folder: Path) -> None:
    (folder / "cell.ion").symlink_to(folder / "elsewhere.ion")
    assert iondsl("new", "cell").code == 2
    assert not (folder / "elsewhere.ion").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["my-cell"], "`my-cell` cannot be the name of a model"),
        (["my-cell"], "write my_cell"),
        (["cells/my cell.ion"], "write cells/my_cell"),
        (["cell.txt"], "write cell_txt"),
        (["3cells"], "begins with no digit"),
        (["zelle_ü"], "ASCII letters"),
        (["in"], "reserved: if, else"),
        ([""], "`` cannot be the name of a model"),
        ([".."], "`..` cannot be the name of a model"),
        (["c" * 201], "at most 200 letters"),
        (["none/cell"], "there is no folder none\n  make it: mkdir -p none"),
        (["folder"], "folder.ion is a folder"),
        (["cell", "--template", "hart"], "'hart' is not one of 'cardiac', 'channel', 'neuron'"),
        (["cell", "neuron"], "unexpected extra argument (neuron)"),
        ([], "Missing argument 'NAME'"),
    ],
)
def test_slips(iondsl: Command, folder: Path, words: list[str], message: str) -> None:
    (folder / "folder.ion").mkdir()
    done = iondsl("new", *words)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert [path.name for path in folder.iterdir()] == ["folder.ion"]


def test_a_folder_that_cannot_be_written(iondsl: Command, folder: Path) -> None:
    (folder / "cells").write_text("a file", encoding="utf-8")
    done = iondsl("new", "cells/mine")
    assert (done.code, done.out) == (2, "")
    assert "cannot write cells/mine.ion: Not a directory" in done.err
