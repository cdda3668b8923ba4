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
    table = {name.strip(): numbers.split() for name, numbers in ((row[4:17], row[17:]) for row in lines[-9:])}
    assert lines[-10].split() == NAMES.split()
    assert list(table) == ["as written", *passes(Options()), "once per call"]
    assert table["as written"] == ["2", "3", "1", "4", "3", "0", "0"]
    left = dict(zip(NAMES.split(), table["repeated"], strict=True))
    assert (left["exponentials"], left["divisions"], left["powers"]) == ("1", "0", "0")


def test_the_scheme_and_the_type() -> None:
    text = "model m:\nparam k = 7 [ms]\nstate x = 1\nx' = -x / k\n"
    lines = shown(Source("m.ion", text), scheme="forward_euler", dtype="float32")
    assert lines[0] == "step of m: forward_euler, float32"
    assert "    x = x + dt~*x'" in lines
