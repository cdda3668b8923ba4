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


def test_a_tree(iondsl: Command, passive: Path) -> None:
    done = iondsl("show", "--tree", passive)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("model passive ")
    assert "├── current I_leak" in done.out


def test_the_tree_of_a_library(iondsl: Command, tmp_path: Path) -> None:
    library = tmp_path / "leaks.ion"
    library.write_text("input V [mV]\ncurrent I_leak:\n    I = 0.1 [mS/cm^2] * V\n", encoding="utf-8")
    done = iondsl("show", "--tree", library)
    assert done.code == 0
    assert [" ".join(line.split()) for line in done.out.splitlines()] == [
        f"library {library}",
        "└── current I_leak line 2",
    ]


def test_no_tree_of_a_wrong_model(iondsl: Command, wrong: Path) -> None:
    done = iondsl("show", "--tree", wrong)
    assert (done.code, done.out) == (1, "")
    assert "unknown name `haf`" in done.err


def test_no_tree_of_an_unknown_variant(iondsl: Command, passive: Path) -> None:
    done = iondsl("show", "--tree", "--variant", "endo", passive)
    assert (done.code, done.out) == (2, "")


def test_a_step(iondsl: Command, passive: Path) -> None:
    done = iondsl("show", "--step", "--scheme", "rk4", passive)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("step of passive: rk4, float64\n")
    assert "operations for each cell and step, after each pass\n" in done.out


def test_which_step_needs_a_step(iondsl: Command, passive: Path) -> None:
    asked = ("--scheme", "rush_larsen", "--fast", "--range", "V=-100:60", "--dt", "0.01")
    for other in ((), ("--tree",)):
        done = iondsl("show", *other, *asked, passive)
        assert (done.code, done.out) == (2, "")
        wrong = "--scheme, --fast, --range, --dt: the equations of a model are the same for all; add --step"
        assert done.err == f"error: {wrong}\n"


def test_a_fast_step_of_another_length(iondsl: Command, passive: Path) -> None:
    done = iondsl("show", "--step", "--fast", "--dt", "0.05", passive)
    assert (done.code, done.err) == (0, "")
    assert "(dt~ if dt~ <= 0.05 else nan)" in done.out
    assert "gates: rush_larsen steps none by an exponential here\n" in done.out


def test_no_step_of_a_wrong_model(iondsl: Command, wrong: Path) -> None:
    done = iondsl("show", "--step", wrong)
    assert (done.code, done.out) == (1, "")
    assert "error[E201]: unknown name `haf`" in done.err


def test_one_thing_at_a_time(iondsl: Command, passive: Path) -> None:
    done = iondsl("show", "--step", "--tree", passive)
    assert (done.code, done.out) == (2, "")
    assert "choose one" in done.err
