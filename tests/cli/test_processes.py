"""Commands as processes of their own: what they import, pipes that close, Ctrl-C."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from iondsl import resources

IONDSL = (sys.executable, "-m", "iondsl")

# Runs a command, then lists what it imported.
LISTING = """
import sys
from iondsl.cli import main

code = main(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""

def imported(*words: str | Path) -> set[str]:
    """The top-level packages that a command imports; it must succeed."""
    run = subprocess.run(
        [sys.executable, "-c", LISTING, *map(str, words)], check=True, capture_output=True, text=True
    )
    code, *names = run.stderr.splitlines()[-1].split()
    assert code == "0"
    return set(names)


def test_a_warm_run_imports_neither_parser_nor_algebra(passive: Path) -> None:
    words = ("run", passive, "--target", "numpy", "--set", "I_leak.g=1[mS/cm^2]", "--protocol", "step")
    assert {"sympy", "jinja2"} <= imported(*words)
    assert imported(*words).isdisjoint({"sympy", "lark", "jinja2", "rich", "matplotlib", "subprocess", "filelock"})


def test_a_warm_run_of_an_extension_imports_neither() -> None:
    words = ("run", "hodgkin_huxley_1952", "--until", "1", "--target", "c")
    imported(*words)
    assert imported(*words).isdisjoint({"sympy", "lark", "jinja2", "Cython", "subprocess", "filelock"})


def test_checking_needs_no_algebra(passive: Path) -> None:
    for command in ("check", "show"):
        assert imported(command, passive).isdisjoint({"sympy", "numpy", "jinja2", "rich"})


def test_no_bundled_model_needs_algebra_to_be_checked() -> None:
    models = resources.bundled_models()
    assert imported("check", "--units", *models).isdisjoint({"sympy", "numpy", "jinja2", "rich"})


def test_help_needs_nothing() -> None:
    assert imported("--help").isdisjoint({"sympy", "lark", "numpy", "jinja2", "rich"})


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--version",), 0), (("check", "{wrong}"), 1), (("run", "nowhere.ion"), 2), (("compile", "{passive}"), 3)],
)
def test_exit_codes(words: tuple[str, ...], code: int, wrong: Path, passive: Path) -> None:
    environment = os.environ | {"IONDSL_CC": "/no/such/compiler"}
    command = [*IONDSL, *(word.format(wrong=wrong, passive=passive) for word in words)]
    run = subprocess.run(command, cwd=wrong.parent, env=environment, capture_output=True, text=True)
    assert run.returncode == code
    assert "Traceback" not in run.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    read, written = os.pipe()
    os.close(read)
    with os.fdopen(written, "wb") as pipe:
        run = subprocess.run([*IONDSL, "show", "luo_rudy_1991"], stdout=pipe, stderr=subprocess.PIPE)
    assert (run.returncode, run.stderr) == (141, b"")


def test_a_terminal_without_greek_letters(tmp_path: Path) -> None:
    model = tmp_path / "greek.ion"
    model.write_text('model greek:\n    "α and β"\nstate x = 1\nx\' = -x / 1 [ms]\n', encoding="utf-8")
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    run = subprocess.run([*IONDSL, "show", model], env=environment, check=True, capture_output=True, text=True)
    assert "\\u03b1 and \\u03b2" in run.stdout


def listen() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c(passive: Path, tmp_path: Path) -> None:
    """A long run is interrupted once it is on its way, and leaves what it recorded."""
    table = tmp_path / "out.csv"
    words = ("run", str(passive), "--target", "numpy", "--until", "1e6", "--every", "10", "-o", str(table))
    main, terminal = pty.openpty()
    with subprocess.Popen([*IONDSL, *words], stdout=subprocess.PIPE, stderr=terminal, preexec_fn=listen) as process:
        os.close(terminal)
        shown = b""
        while b"steps" not in shown:  # the bar appears after a second of the run
            shown += os.read(main, 1024)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        while b"interrupted; what was recorded until" not in shown:
            shown += os.read(main, 1024)
    os.close(main)
    assert len(table.read_text().splitlines()) > 2


def test_a_terminal_shows_progress_and_a_pipe_nothing(passive: Path) -> None:
    run = subprocess.run(
        [*IONDSL, "run", passive, "--target", "numpy", "--until", "300"], check=True, capture_output=True
    )
    assert run.stderr == b""
    assert b"\x1b" not in run.stdout
