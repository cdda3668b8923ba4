"""How a finding is shown: the line, carets under the whole operand, the cure."""

from __future__ import annotations

import pytest

from iondsl.errors import Diagnostic, ModelError, errors, render, suggestion
from iondsl.source import Source, Span


def finding(text: str, start: int, end: int, message: str = "wrong", cure: str = "") -> Diagnostic:
    return Diagnostic("E999", message, Span(Source("a.ion", text), start, end), cure)


def test_caret_under_the_whole_operand() -> None:
    assert render(finding("a = 1\nx = (b + c)\n", 11, 16, cure="write `b`")) == (
        "a.ion:2:6: error[E999]: wrong\n"
        "    2 | x = (b + c)\n"
        "      |      ^^^^^\n"
        "      = write `b`"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "start", "end", "shown"),
    [
        ("x\ty = 1", 2, 3, ["    1 | x y = 1", "      |   ^"]),
        ("x = 1", 5, 5, ["    1 | x = 1", "      |      ^"]),
        ("x = (1 +\n 2)", 4, 12, ["    1 | x = (1 +", "      |     ^^^^"]),
        ("x = \x1b[31m", 4, 5, ["    1 | x = ?[31m", "      |     ^"]),
        ("", 0, 0, []),
        ("a\n   \nb", 3, 4, []),
        ("x = " + "a" * 200, 4, 204, ["    1 | x = " + "a" * 96 + "...", "      |     " + "^" * 96]),
        (
            "x = " + "a" * 100 + "?" + "b" * 100,
            104,
            105,
            ["    1 | ..." + "a" * 33 + "?" + "b" * 66 + "...", "      |    " + " " * 33 + "^"],
        ),
    ],
)
def test_excerpt(text: str, start: int, end: int, shown: list[str]) -> None:
    assert render(finding(text, start, end)).splitlines()[1:] == shown


def test_without_a_place() -> None:
    assert render(Diagnostic("W123", "odd")) == "warning[W123]: odd"


def test_long_names_are_cut() -> None:
    shown = render(finding("x = 1", 0, 1, message=f"unknown name `{'a' * 500}`"))
    assert shown.splitlines()[0] == f"a.ion:1:1: error[E999]: unknown name `{'a' * 60}...`"


def test_order_of_the_source() -> None:
    late, early = finding("abc", 2, 3, "late"), finding("abc", 0, 1, "early")
    assert [each.message for each in ModelError([late, early]).diagnostics] == ["early", "late"]


def test_errors_and_warnings() -> None:
    error, warning = Diagnostic("E100", ""), Diagnostic("W100", "")
    assert errors([warning, error]) == (error,)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("exq", ["exp", "sin"], "did you mean `exp`?"),
        ("na", ["Na", "nb"], "did you mean `Na`?"),
        ("zzz", ["exp"], ""),
        ("a" * 1000, ["a" * 999], ""),
        ("x", [], ""),
    ],
)
def test_suggestion(name: str, known: list[str], expected: str) -> None:
    assert suggestion(name, known) == expected
