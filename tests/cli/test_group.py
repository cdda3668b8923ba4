"""The command `iondsl` itself: its help, its version, and words that are no command."""

from __future__ import annotations

import pytest

from iondsl import __version__
from iondsl.cli._group import COMMANDS
from tests.cli.outcome import Command


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_lists_every_command(iondsl: Command, words: tuple[str, ...]) -> None:
    done = iondsl(*words)
    assert done.code == 0
    for name in COMMANDS:
        assert f"  {name} " in done.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(iondsl: Command, name: str) -> None:
    done = iondsl(name, "--help")
    assert done.code == 0
    assert done.out.startswith(f"Usage: iondsl {name}")


def test_version(iondsl: Command) -> None:
    assert iondsl("--version").out == f"iondsl {__version__}\n"


@pytest.mark.parametrize(
    ("word", "cure"),
    [
        ("chek", "did you mean `check`?"),
        ("hodgkin_huxley_1952", "write `iondsl run hodgkin_huxley_1952`"),
        ("mine.ion", "write `iondsl run mine.ion`"),
    ],
)
def test_a_word_that_is_no_command(iondsl: Command, word: str, cure: str) -> None:
    done = iondsl(word)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: no command `{word}`")
    assert cure in done.err


def test_a_command_of_a_group_is_missing(iondsl: Command) -> None:
    done = iondsl("cache")
    assert done.code == 2
    assert "see `iondsl cache --help`" in done.err
