"""For every text: formatting keeps its meaning and its comments, and is done in one go."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from iondsl import ModelError, format_text
from iondsl.parser import parse
from iondsl.source import Source
from tests.docs.fences import fences
from tests.fuzz.damage import damaged
from tests.fuzz.programs import MODEL, expression, programs
from tests.layout.scrambled import comments, meaning, scrambled

ROOT = Path(__file__).parent.parent.parent
FILES = sorted([*(ROOT / "models").rglob("*.ion"), *(ROOT / "tests" / "valid").glob("*.ion")])


def keeps_what_counts(text: str) -> str:
    done = format_text(text)
    assert meaning(done) == meaning(text)
    assert comments(done) == comments(text)
    assert format_text(done) == done
    assert all(line == line.rstrip() for line in done.split("\n"))
    assert "\n\n\n" not in f"\n{done}"
    assert done.endswith("\n")
    assert not done.endswith("\n\n")
    return done


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    keeps_what_counts(text)
    keeps_what_counts(scrambled(text, seed=len(text)))


@pytest.mark.parametrize("page", ["language.md", "physics.md"])
def test_examples(page: str) -> None:
    for fence in fences(ROOT / "docs" / page):
        if fence.language == "ion":
            keeps_what_counts(scrambled(fence.text, fence.line))


def test_damaged_files() -> None:
    """What comes in as text comes out as text, or is refused."""
    for seed in range(150):
        text = damaged(seed)
        try:
            format_text(text)
        except ModelError:
            continue
        keeps_what_counts(text)


def readable(text: str) -> str:
    """The lines of a program that have no error of form."""
    lines = text.split("\n")
    while True:
        _, findings = parse(Source("", "\n".join(lines)))
        wrong = {finding.span.line - 1 for finding in findings if finding.span is not None}
        if not wrong or not lines:
            return "\n".join(lines)
        lines = [line for number, line in enumerate(lines) if number not in wrong]


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(programs(), st.integers(0, 2**32))
def test_programs_of_the_grammar(text: str, seed: int) -> None:
    text = readable(text.removeprefix(MODEL))
    assume(text.strip() != "")
    keeps_what_counts(scrambled(text, seed))
    assert format_text(scrambled(text, seed, breaks=False)) == format_text(text)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.integers(0, 2**32))
def test_wide_equations(seed: int) -> None:
    """Only what no operator or comma divides stands out of 120 columns."""
    text = readable(f"q = {expression(Random(seed), 8)}")
    assume(text)
    for line in keeps_what_counts(text).split("\n"):
        assert len(line) <= 120 or not re.search(r"\S (?:[+*/-]|<|>|==|and|or|if|else) |, ", line.strip())


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=list(HealthCheck), deadline=None)
@given(programs(), st.integers(0, 2**32))
def test_many_programs_of_the_grammar(text: str, seed: int) -> None:
    keeps_what_counts(scrambled(readable(text), seed))
