"""The grammar has the room for the whole language: a file with every construct has no error of form."""

from __future__ import annotations

from pathlib import Path

from iondsl import pipeline, reading
from iondsl.parser import parse
from iondsl.syntax import Block, Statement

SOURCE = reading.read(str(Path(__file__).parent / "whole_language.ion"))


def keywords(body: tuple[Statement, ...]) -> set[str]:
    found = {getattr(statement, "keyword", type(statement).__name__) for statement in body}
    return found.union(*(keywords(statement.body) for statement in body if isinstance(statement, Block)))


def test_form() -> None:
    _, findings = parse(SOURCE)
    assert findings == ()


def test_every_construct() -> None:
    program, _ = parse(SOURCE)
    assert keywords(program.body) == {
        *("model", "membrane", "space", "ion", "current", "flux", "gate", "markov", "reaction", "part"),
        *("compartment", "use", "protocol", "on", "variant"),
        *("", "param", "state", "input", "stimulus", "event", "conserved", "clamp"),
        *("Doc", "Cite", "Time", "Order", "Derivative", "InitialVolume", "Function"),
        *("StateNames", "Eliminate", "Transition"),
    }


def test_parts_that_are_not_there_are_said_and_nothing_else() -> None:
    """No error follows from what is left out."""
    _, findings = pipeline.examine(SOURCE)
    assert {finding.code for finding in findings} == {"E370", "E371"}
