"""Damage the bundled models at random: whatever comes out is read within seconds, and every finding has its place."""

from __future__ import annotations

import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from iondsl import pipeline, resources
from iondsl.errors import render
from iondsl.source import Source

TEXTS = [resources.bundled_model(name) for name in resources.bundled_models()]
TOKENS = sorted({token for text in TEXTS for token in re.findall(r"[A-Za-z_.]+|[0-9.]+|[^\sA-Za-z_0-9]|\n *", text)})
SIGNS = "()[]{}\"'#:=,.+-*/^@ \t\n\r\0é−²µ\u2028\x85\U0001f600"


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 3, 40))))
        piece = draw(st.one_of(st.sampled_from(TOKENS), st.sampled_from(SIGNS), st.just(""), st.text(max_size=3)))
        text = text[:start] + piece + text[end:]
    return text


@st.composite
def shuffled(draw: st.DrawFn) -> str:
    """Lines moved, left out, indented otherwise."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        source, target = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        line = draw(st.sampled_from(("", " ", "  ", "    ", "        ", "\t"))) + lines[source].lstrip()
        change = draw(st.sampled_from(("move", "leave out", "indent")))
        if change == "indent":
            lines[source] = line
        elif len(lines) > 1:
            moved = lines.pop(source)
            lines[target:target] = [moved] if change == "move" else []
    return "\n".join(lines)


@settings(max_examples=200)
@given(st.one_of(damaged(), shuffled()))
def test_every_finding_has_its_place(text: str) -> None:
    began = time.process_time()
    _, findings = pipeline.examine(Source("damaged.ion", text))
    for finding in findings:
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert render(finding).startswith("damaged.ion:")
    assert time.process_time() - began < 2
