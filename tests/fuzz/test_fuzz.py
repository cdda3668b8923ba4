"""Thousands of texts: whatever comes in, out come located findings of known codes, soon, and never a traceback.

What has no error must come through the other stages, too; for the slower of them a sample is enough.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from iondsl import pipeline
from iondsl.errors import errors, render
from iondsl.options import Options
from iondsl.show import show
from iondsl.show.tree import tree
from iondsl.source import Source
from tests.fuzz.damage import damaged, huge, texts
from tests.fuzz.programs import programs

PAGE = Path(__file__).parent.parent.parent / "docs" / "language.md"
CODES = set(re.findall(r"^\| ([EW]\d{3}) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
BESIDE = str(Path(__file__).parent.parent / "valid" / "fuzz.ion")  # no file, but libraries are beside it
SECONDS = 2  # of this process, so that other ones do not count
HUGE_SECONDS = 8  # of the largest models, which have three variants
DOCUMENTS, KERNELS = 4, 20  # of how many texts without errors one is printed, or compiled


def examine(text: str, number: int, seconds: float = SECONDS) -> None:
    """All that is asked of a text. `number` chooses the sample for the slow stages."""
    source = Source(BESIDE, text)
    began = time.process_time()
    system, findings = pipeline.examine(source, library=True)
    if time.process_time() - began > seconds:  # once more: it may have been the first to load a module
        began = time.process_time()
        pipeline.examine(source, library=True)
        assert time.process_time() - began < seconds
    for finding in findings:
        assert finding.code in CODES
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(finding.span.source.text)
        assert all(line.isprintable() for line in render(finding).split("\n"))
    if not errors(findings) and not system.is_library:
        go_on(source, number)


def go_on(source: Source, number: int) -> None:
    assert all(line.isprintable() for line in show(pipeline.resolve(source)))
    assert all(line.isprintable() for line in tree(pipeline.program_of(source)[0]))
    if number % DOCUMENTS == 0:
        assert pipeline.document(source).isascii()
    if number % KERNELS == 0:
        for name, text in pipeline.generate(source, Options(target="numpy", scheme="rush_larsen")).items():
            if name.endswith(".py"):
                compile(text, name, "exec")


def run(seeds: range, whole: Callable[[], tuple[str, ...]] = texts, seconds: float = SECONDS) -> None:
    for seed in seeds:
        text = damaged(seed, whole)
        try:
            examine(text, seed, seconds)
        except Exception as error:
            error.add_note(f"tests.fuzz.damage.damaged({seed}, {whole.__name__}):\n{text}")
            raise


@pytest.mark.parametrize("start", range(0, 1800, 200))
def test_damaged_files(start: int) -> None:
    run(range(start, start + 200))


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(programs())
def test_programs_of_the_grammar(text: str) -> None:
    examine(text, len(text))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100_000, 118_000, 1000))
def test_many_damaged_files(start: int) -> None:
    run(range(start, start + 1000))


@pytest.mark.slow
def test_damaged_files_of_the_largest_models() -> None:
    run(range(60), huge, HUGE_SECONDS)


@pytest.mark.slow
@settings(max_examples=2000, suppress_health_check=list(HealthCheck))
@given(programs())
def test_many_programs_of_the_grammar(text: str) -> None:
    examine(text, len(text))
