"""`order(...)`: the states in an order of their own, from the System to the columns of a run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import iondsl
from iondsl.errors import Diagnostic
from iondsl.pipeline import examine
from iondsl.source import Source

TEXT = """model sequence:
{order}
state a = 1
a' = -1 [1/ms] * a
state b = 2
b' = -2 [1/ms] * b
part p:
    state c = 3
    c' = -3 [1/ms] * c
"""


def examined(order: str) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    system, findings = examine(Source("sequence.ion", TEXT.format(order=order)))
    return tuple(state.name for state in system.states), findings


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ("a", "b", "p.c")),
        ("order(p.c, a, b)", ("p.c", "a", "b")),
        ("order(b)", ("b", "a", "p.c")),
        ("order(\n    b,\n    p.c)", ("b", "p.c", "a")),
    ],
)
def test_states_named_come_first(order: str, names: tuple[str, ...]) -> None:
    assert examined(order) == (names, ())


def test_columns_of_a_kernel(tmp_path: Path) -> None:
    path = tmp_path / "sequence.ion"
    path.write_text(TEXT.format(order="order(p.c, b)"))
    cell = iondsl.load(path).compile(target="numpy")
    names = ("p.c", "b", "a")
    assert tuple(state.name for state in cell.states) == names
    rates = cell.evaluate([f"{name}'" for name in names], np.array([[3.0], [2.0], [1.0]]))
    assert rates[:, 0] == pytest.approx([-9, -4, -1])


def test_what_is_no_state() -> None:
    _, findings = examined("order(a, a, q, p)")
    assert [each.code for each in findings] == ["E202", "E201", "E203"]
