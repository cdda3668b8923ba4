"""Texts that try to exhaust time, memory or the stack: each ends in a located error, soon, or is simply fine."""

from __future__ import annotations

import pytest

from iondsl import pipeline
from iondsl.errors import ModelError, render
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
    "a sum": (f"x = {' + '.join(['t'] * 4000)}", ["E112"]),
    "a sum of half a million terms": (f"x = {'1+' * 499_000}1", ["E111"]),
    "a line of 50 MB": (f"x = {'1+' * 25_000_000}1", ["E111"]),
    "a text of a million characters": (f'"{"a" * 1_000_000}"', ["E111"]),
    "a line over 100,000 lines": ("x = (\n" + "    1 +\n" * 100_000 + "    1)", ["E111"]),
    "spaces inside lines that fit no rule": (f"A{' ' * 900_000}?\non{' ' * 900_000}a b", ["E101"] * 2),
    "a long name": (f"x = {'a' * 10_000}", ["E115"]),
    "a long name that is declared": (f"{'a' * 10_000} = 1\ny = 2 * {'a' * 10_000}", ["E115", "E115"]),
    "a block with a long name": (f"part {'a' * 10_000}:\n    x = 1\ny = x", ["E115"]),
    "a name of many parts": (f"x = {'.'.join('a' * 40_000)}", ["E115"]),
    "names that are nearly the same": (f"x = {'a' * 200}\n{'a' * 199} = 1", ["E201"]),
    "a crowd of names that are nearly the same": (
        "".join(f"param {'a' * 25}{k} = 1\n" for k in range(500))
        + "".join(f"y{k} = {'a' * 24}b{k}\n" for k in range(200)),
        ["E201"] * 200,
    ),
    "a stoichiometry of 5,000 digits": (
        "membrane:\n    state V = 0 [mV]\n    C = 1 [nF]\n"
        f"ion Na:\n    z = 1\ncurrent I carries {'9' * 5000} Na:\n    I = 1 [nA]",
        ["E113"],
    ),
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
    "the default of an input out of range": (
        "input a = 9^9^9^9\ninput b = log(-1)\ninput c = 1 / 0\ninput d = floor(exp(exp(10)))",
        ["E113"] * 4,
    ),
    "a transition from nowhere": ("markov m:\n    states A, B\n    A <-> : 1, 2\n    -> B : 1", ["E321"] * 2),
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
    "a text of 900,000 characters": f'"{"a" * 900_000}"',
    "a chain of 5,000": chain(5000, "1"),
    "many arguments": f"x = max({'1, ' * 4900}1)",
    "a chain of 1,000 functions": "function f0(x) = x\n"
    + "".join(f"function f{k}(x) = f{k - 1}(x)\n" for k in range(1, 1000))
    + "y = f999(1)",
    "wide functions": f"{doubling(12)}y = f11(1)",
}


@pytest.mark.parametrize("text", FINE)
def test_fine(text: str) -> None:
    _, findings = pipeline.examine(Source("hostile.ion", f"{HEADER}{FINE[text]}\n"))
    assert findings == ()


def test_too_many_declarations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iondsl.parser.blocks.MAX_DECLARATIONS", 3)
    _, findings = pipeline.examine(Source("long.ion", HEADER + "a = 1\nb = 2\nc = 3\nd = 4\n"))
    assert [(finding.code, finding.span.text if finding.span else "") for finding in findings] == [("E111", "c")]


def test_a_million_parameters() -> None:
    """Not one of them is read."""
    _, findings = pipeline.examine(Source("long.ion", HEADER + "param a = 1\n" * 1_000_000))
    assert [(finding.code, finding.message) for finding in findings] == [("E111", "more than 100,000 lines")]


def test_a_file_of_errors() -> None:
    """The first are told, and nothing is built on what is not read."""
    text = HEADER + "part p:\n" + "    x = = 3\n" * 2000 + "    y = 1\nz = p.y + w\nw = 1\n"
    _, findings = pipeline.examine(Source("wrong.ion", text))
    assert [finding.code for finding in findings] == ["E101"] * 1001 + ["E111"]
    told = str(ModelError(findings)).splitlines()
    assert told[-1] == "... and 902 more"
    assert len(told) < 1000
