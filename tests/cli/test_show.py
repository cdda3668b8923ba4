"""`iondsl show` on the command line; what it prints is tested in tests/show."""

from __future__ import annotations

from pathlib import Path

from tests.cli.outcome import Command


def test_plain_text(iondsl: Command, passive: Path) -> None:
    done = iondsl("show", passive)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("model passive\n    A membrane with a leak.\n")
    assert "\x1b" not in done.out
    assert "derived: membrane equation" in done.out


def test_a_wrong_model(iondsl: Command, wrong: Path) -> None:
    done = iondsl("show", wrong)
    assert (done.code, done.out) == (1, "")
    assert "error[E201]: unknown name `haf`" in done.err


def test_a_missing_model(iondsl: Command) -> None:
    done = iondsl("show", "nowhere.ion")
    assert (done.code, done.out) == (2, "")
    assert "nowhere.ion" in done.err
