"""The corpus, written from the rules before the checker: mistakes are refused where they stand, forms accepted.

A mistake begins with `# expect: CODE at "operand" in "context"`, where the context stands once in the file, and with
`# instead: "..."`, a context in which nothing is wrong. A form that may be warned of begins with `# warns`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from iondsl import pipeline
from iondsl.errors import Diagnostic, ModelError, errors
from iondsl.source import Source, Span

FOLDER = Path(__file__).parent
MISTAKES = sorted((FOLDER / "mistakes").glob("*.ion"))
LEGITIMATE = sorted((FOLDER / "legitimate").glob("*.ion"))
HEAD = re.compile(r'# expect: (E\d{3}) at "([^"]+)" in "([^"]+)"\n# instead: "([^"]+)"\n')
EXACT = 0.82  # of the operands, as a trial of the rules on published models found


@dataclass(frozen=True, slots=True)
class Mistake:
    """`operand` is what is to be blamed, `mended` the same model without the mistake."""

    code: str
    operand: Span
    mended: Source


def read(path: Path) -> Mistake:
    text = path.read_text(encoding="utf-8")
    head = HEAD.match(text)
    assert head is not None, f"{path.name} does not say what is wrong"
    code, operand, context, instead = head.groups()
    before, found, behind = text.partition(head[0])[2].partition(context)
    assert found, f"`{context}` is not there"
    assert context not in behind, f"`{context}` is there twice"
    start = head.end() + len(before) + context.index(operand)
    mended = Source(path.name, head[0] + before + instead + behind)
    return Mistake(code, Span(Source(path.name, text), start, start + len(operand)), mended)


def found_in(source: Source) -> tuple[Diagnostic, ...]:
    return pipeline.examine(source)[1]


def is_exact(mistake: Mistake) -> bool:
    """Whether the whole operand is blamed, and nothing more."""
    return mistake.operand in {each.span for each in errors(found_in(mistake.operand.source))}


def by_name(path: Path) -> str:
    return path.stem


def test_there_are_sixty_of_each() -> None:
    assert (len(MISTAKES), len(LEGITIMATE)) == (60, 60)


@pytest.mark.parametrize("path", MISTAKES, ids=by_name)
def test_a_mistake_is_refused_where_it_stands_and_nowhere_else(path: Path) -> None:
    mistake = read(path)
    found = errors(found_in(mistake.operand.source))
    assert {each.span and each.span.line for each in found} == {mistake.operand.line}, str(ModelError(found))
    assert mistake.code in {each.code for each in found}, str(ModelError(found))


@pytest.mark.parametrize("path", MISTAKES, ids=by_name)
def test_a_mistake_can_be_mended(path: Path) -> None:
    found = errors(found_in(read(path).mended))
    assert not found, str(ModelError(found))


def test_mostly_the_operand_is_blamed() -> None:
    assert sum(is_exact(read(path)) for path in MISTAKES) >= EXACT * len(MISTAKES)


@pytest.mark.parametrize("path", LEGITIMATE, ids=by_name)
def test_a_legitimate_form_is_accepted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    findings = found_in(Source(path.name, text))
    expected = errors(findings) if text.startswith("# warns\n") else findings
    assert not expected, str(ModelError(expected))
