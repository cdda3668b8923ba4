"""`iondsl show --step`: the step in the order of its computation, and the operations that passes leave of it."""

from __future__ import annotations

from collections.abc import Callable

from iondsl import pipeline, reading
from iondsl.options import Options
from iondsl.passes import passes
from iondsl.show.step import stepped
from iondsl.source import Source

NAMES = "exponentials divisions powers multiplications additions selects functions"


def shown(source: Source, **options: str) -> list[str]:
    chosen = Options(**options)  # type: ignore[arg-type]
    return list(stepped(pipeline.steps_of(source, chosen), chosen))


def test_hodgkin_huxley(golden: Callable[[str, str], None]) -> None:
    golden("show/hodgkin_huxley_1952_step.txt", "\n".join(shown(reading.read("hodgkin_huxley_1952"))) + "\n")


def test_every_pass_has_a_row() -> None:
    text = "model m:\nparam k = 7 [ms]\nstate x = 1\nx' = exp(0.5 * x) / k + exp(0.25 * x) / k + x^4 / (5 * k)\n"
    lines = shown(Source("m.ion", text), scheme="forward_euler")
    names = ["as written", *passes(Options()), "once per call"]
    heading, *rows = lines[-len(names) - 1 :]
    table = {row[4:17].strip(): row[17:].split() for row in rows}
    assert heading.split() == NAMES.split()
    assert list(table) == names
    assert table["as written"] == ["2", "3", "1", "4", "3", "0", "0"]
    left = dict(zip(NAMES.split(), table["repeated"], strict=True))
    assert (left["exponentials"], left["divisions"], left["powers"]) == ("1", "0", "0")


def test_the_scheme_and_the_type() -> None:
    text = "model m:\nparam k = 7 [ms]\nstate x = 1\nx' = -x / k\n"
    lines = shown(Source("m.ion", text), scheme="forward_euler", dtype="float32")
    assert lines[0] == "step of m: forward_euler, float32"
    assert "    x = x + fixed~0*x" in lines


def test_the_gates_of_a_fast_kernel() -> None:
    chosen = Options(fast=True, ranges=("V=-100:50",), dt="0.02")
    lines = list(stepped(pipeline.steps_of(reading.read("luo_rudy_1991"), chosen), chosen))
    start = lines.index("gates, for steps up to 0.02")
    assert lines[start + 1 : start + 4] == [
        "    I_Na.m: exact, since dt/tau may come to 14.2, too much for degree 9",
        "    I_Na.h: polynomial of degree 4 for dt/tau up to 0.156, error below 2.6e-10",
        "    I_Na.j: polynomial of degree 2 for dt/tau up to 0.0061, error below 3.0e-10",
    ]
    start = lines.index("proven for")
    assert lines[start + 1 : start + 4] == ["    V = -100 to 50", "    T = 155 to 620", "    R = 4157 to 16628"]
    assert "gates" not in "\n".join(shown(reading.read("luo_rudy_1991")))
