"""Every way in which a command can end, as its exit code and one message."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from iondsl.cli import _errors
from iondsl.cli._errors import exit_code_of
from iondsl.cli._output import coloured, complain, say
from iondsl.errors import CompilerError, Diagnostic, IonError, ModelError, NumericsError, UsageError


def raising(error: BaseException) -> Callable[[], None]:
    def invoke() -> None:
        raise error

    return invoke


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (ModelError([Diagnostic("E201", "unknown name `x`")]), 1, "error[E201]: unknown name `x`\n"),
        (UsageError("one\ntwo\n  its cure"), 2, "error: one\nerror: two\n  its cure\n"),
        (CompilerError("no compiler"), 3, "error: no compiler\n"),
        (NumericsError("m.ion:3:1: `V` is not finite"), 4, "m.ion:3:1: `V` is not finite\n"),
        (IonError("something else"), 1, "error: something else\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (MemoryError("3 TB"), 2, "error: not enough memory: 3 TB\n"),
    ],
)
def test_errors_that_a_user_can_cause(
    error: BaseException, code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code_of(raising(error)) == code
    assert capsys.readouterr() == ("", message)


def test_a_note_goes_with_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    for error in (NumericsError("broken"), KeyboardInterrupt()):
        error.add_note("saved")
        exit_code_of(raising(error))
    assert capsys.readouterr().err == "broken\n      = saved\ninterrupted; saved\n"


def test_a_bug_is_one_message_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(raising(KeyError("x\ny"))) == _errors.BUG
    err = capsys.readouterr().err
    assert err.startswith("error: KeyError: ")
    assert "please report" in err
    assert "Traceback" not in err


def test_developers_see_the_traceback(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Flags:
        dev_mode = True

    monkeypatch.setattr(sys, "flags", Flags)
    exit_code_of(raising(KeyError("x")))
    assert "Traceback" in capsys.readouterr().err


def test_an_output_that_cannot_be_written(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("iondsl.cli._output.click.echo", full)
        with pytest.raises(UsageError, match="cannot be written: No space left on device"):
            say("text")


def test_colours_are_for_terminals(capsys: pytest.CaptureFixture[str]) -> None:
    complain("wrong")
    assert capsys.readouterr().err == "error: wrong\n"
    shown = coloured("m.ion:1:2: error[E201]: unknown\n    1 | x\n      | ^\n      = cure")
    assert "\x1b[31m" in shown


def test_no_color(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    say("\x1b[31mred\x1b[0m")
    monkeypatch.setenv("NO_COLOR", "1")
    say("\x1b[31mred\x1b[0m")
    assert capsys.readouterr().out == "\x1b[31mred\x1b[0m\nred\n"
