"""Texts that try to exhaust time, memory or the stack: each ends in a located error, soon, or is simply fine."""

from __future__ import annotations

import pytest

from iondsl import pipeline
from iondsl.errors import render
from iondsl.source import Source

HEADER = "model m:\n"


def chain(count: int, first: str) -> str:
    return f"x0 = {first}\n" + "".join(f"x{k} = x{k - 1} + 1\n" for k in range(1, count))


def doubling(count: int) -> str:
    first = "function f0(x) = x + x\n"
    return first + "".join(f"function f{k}(x) = f{k - 1}(x) + f{k - 1}(x)\n" for k in range(1, count))


REFUSED = {
    "parentheses": (f"x = {'(' * 100_000}1{')' * 100_000}", ["E111"]),
    "parentheses on a short line": (f"x = {'(' * 101}1{')' * 101}", ["E112"]),
    "calls": (f"x = {'exp(' * 100}1{')' * 100}", ["E112"]),
    "signs": (f"x = {'-' * 5000}1", ["E112"]),
    "powers": ("x = " + "^".join("9" * 500), ["E112"]),
    "conditionals": (f"x = {'1 if 2 > 1 else ' * 500}1", ["E112"]),
    "a sum": (f"x = {' + '.join(['t'] * 5000)}", ["E112"]),
    "a line of 50 MB": (f"x = {'1+' * 25_000_000}1", ["E111"]),
    "a line of a million characters": (f"x = {'1+' * 500_000}1", ["E111"]),
    "a text of a million characters": (f'"{"a" * 1_000_000}"', ["E111"]),
    "a line over 100,000 lines": ("x = (\n" + "    1 +\n" * 100_000 + "    1)", ["E111"]),
    "a long name": (f"x = {'a' * 10_000}", ["E201"]),
    "names that are nearly the same": (f"x = {'a' * 10_000}\n{'a' * 9_999} = 1", ["E201"]),
    "unit exponents": ("x = 3 [mV^1000000000]\ny = 2 [mV^1e9]", ["E107", "E107"]),
    "parentheses in a unit": (f"x = 3 [{'(' * 90}mV{')' * 90}]", ["E107"]),
    "numbers": (f"x = {'1' * 5000}\ny = 1e999999999\nz = 1e-999999999", ["E113"] * 3),
    "blocks": ("".join(" " * k + f"part p{k}:\n" for k in range(2000)), ["E112"]),
    "a circle of 5,000": (chain(5000, "x4999"), ["E210"]),
    "doubling functions": (f"{doubling(60)}y = f59(1)", ["E114"]),
    "doubling in one line": (f"function f(x) = x + x\ny = {'f(' * 60}1{')' * 60}", ["E114"]),
    "deep functions": (f"function f(x) = {'exp(' * 60}x{')' * 60}\ny = f(f(1))", ["E112"]),
    "functions that call functions": (
        "".join(f"function f{k}(x) = f{k - 1}(x)\n" for k in range(60, 0, -1)) + "function f0(x) = x",
        ["E112"],
    ),
    "a wave out of range": ("input u [uA] = 0\nprotocol p:\n    u = pulse(0, 1, 1e308 [kA])", ["E113"]),
    "control characters": ("x = \0\n\x1b[31m = 3\ny = \x85", ["E101", "E101", "E101"]),
    "half of a surrogate pair": ('x = "\ud800" + \udfff', ["E101"]),
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    lines, codes = REFUSED[text]
    _, findings = pipeline.examine(Source("hostile.ion", f"{HEADER}{lines}\n"))
    assert [finding.code for finding in findings] == codes
    for finding in findings:
        assert finding.span is not None
        assert len(render(finding)) < 1000


FINE = {
    "nesting within the limit": f"x = {'(' * 95}1{')' * 95}\ny = {'exp(' * 90}0{')' * 90}\nz = {'-' * 95}1",
    "towers": "x = 9^9^9^9",
    "a comment of a million characters": f"# {'a' * 1_000_000}",
    "a chain of 5,000": chain(5000, "1"),
    "many arguments": f"x = max({'1, ' * 5000}1)",
    "a chain of 1,000 functions": "function f0(x) = x\n"
    + "".join(f"function f{k}(x) = f{k - 1}(x)\n" for k in range(1, 1000))
    + "y = f999(1)",
    "wide functions": f"{doubling(12)}y = f11(1)",
}


@pytest.mark.parametrize("text", FINE)
def test_fine(text: str) -> None:
    _, findings = pipeline.examine(Source("hostile.ion", f"{HEADER}{FINE[text]}\n"))
    assert findings == ()


def test_too_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iondsl.parser.blocks.MAX_LINES", 3)
    _, findings = pipeline.examine(Source("long.ion", HEADER + "a = 1\nb = 2\nc = 3\nd = 4\n"))
    assert [(finding.code, finding.span.text if finding.span else "") for finding in findings] == [("E111", "c = 3")]
