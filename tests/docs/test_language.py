"""docs/language.md is true: its models are fine, its errors are word for word, its table lists every code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iondsl import pipeline, reading
from iondsl.elaborate import calls, inlining
from iondsl.errors import render
from iondsl.parser import automaton, blocks, expressions, lines
from iondsl.show.tree import tree
from iondsl.source import Source
from iondsl.units import reader, tokens
from tests.docs.fences import Fence, fences
from tests.docs.grammar import readable, terminals

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "language.md"
FENCES = fences(PAGE)
LIBRARIES = [each for each in FENCES if each.language == "ion-library"]
CODE = re.compile(r'"([EW]\d{3})"')
LONGEST_LINE = 120


def messages(text: str) -> str:
    _, findings = pipeline.examine(Source("model.ion", text))
    return "\n".join(map(render, findings)) + "\n" if findings else ""


@pytest.mark.parametrize("fence", [each for each in FENCES if each.language == "ion"], ids=str)
def test_model_is_right(fence: Fence) -> None:
    assert not messages(fence.text)
    system = pipeline.resolve(Source("model.ion", fence.text))
    assert pipeline.model_of(system).system.name == system.name


@pytest.mark.parametrize("place", [n for n, each in enumerate(FENCES) if each.language == "ion-error"])
def test_error_is_word_for_word(place: int) -> None:
    wrong, expected = FENCES[place : place + 2]
    assert expected.language == "text"
    assert messages(wrong.text) == expected.text


def test_the_tree_is_the_one_that_is_printed() -> None:
    cell = next(each for each in FENCES if each.text.startswith("model cell_of_parts:"))
    shown = next(each for each in FENCES if each.text.startswith("model cell_of_parts "))
    program, _ = pipeline.program_of(Source("cell.ion", cell.text))
    assert shown.text == "".join(f"{line}\n" for line in tree(program))


@pytest.fixture(autouse=True)
def libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each library of the page, as the file that its first line names, beside the models."""
    monkeypatch.chdir(tmp_path)
    for fence in LIBRARIES:
        Path(fence.text.split()[1]).write_text(fence.text, encoding="utf-8")


@pytest.mark.parametrize("fence", LIBRARIES, ids=str)
def test_library_is_right(fence: Fence) -> None:
    _, findings = pipeline.examine(Source("library.ion", fence.text), library=True)
    assert findings == ()


def test_all_fences_are_of_a_kind_that_is_tested() -> None:
    assert {each.language for each in FENCES} == {"ion", "ion-library", "ion-error", "text", "ebnf"}


def test_every_diagnostic_code_is_in_the_table() -> None:
    listed = re.findall(r"^\| ([EW]\d{3}) \| .+ \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    modules = [path.read_text(encoding="utf-8") for path in (ROOT / "iondsl").rglob("*.py")]
    assert listed == sorted({code for module in modules for code in CODE.findall(module)})


def test_the_grammar_is_the_one_that_is_read() -> None:
    """`python -m tests.docs.grammar` prints what must stand on the page."""
    assert [each.text for each in FENCES if each.language == "ebnf"] == [readable()]


def test_every_keyword_has_an_example() -> None:
    words = {word for group in terminals().values() for word in group if word.isalpha()}
    code = "\n".join(re.sub(r'"[^"\n]*"|#.*', "", each.text) for each in FENCES if each.language.startswith("ion"))
    assert words - set(re.findall(r"[a-z]+", code)) == set()


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ("bytes", reading.MAX_BYTES),
        ("lines", blocks.MAX_DECLARATIONS),
        ("characters", lines.MAX_LINE),
        ("words", lines.MAX_WORDS),
        ("characters", automaton.MAX_NAME),
        ("", lines.MAX_NESTING),
        ("", inlining.MAX_DEPTH),
        ("", blocks.MAX_BLOCKS),
        ("deep", calls.MAX_CALLS),
        ("operations", inlining.MAX_NODES),
        ("characters", expressions.MAX_DIGITS),
        ("characters", reader.MAX_LENGTH),
        ("deep", tokens.MAX_DEPTH),
        ("", blocks.MAX_FINDINGS),
    ],
)
def test_limits(limit: str, value: int) -> None:
    assert re.search(rf"\| .*\b{value:,} ?{limit}.* \| E1\d\d \|", PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_lines_are_not_too_long(page: Path) -> None:
    """But for rows of tables, which cannot be wrapped."""
    lines = page.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > LONGEST_LINE and not line.startswith("|")] == []
