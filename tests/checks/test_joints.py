"""States that begin where their reactions are at rest: against 50-digit solutions, and what is solved together."""

from __future__ import annotations

from pathlib import Path

import mpmath
import numpy as np
import pytest

import iondsl
from iondsl.checks.graph import components
from iondsl.checks.joints import joints
from tests.elaborate.systems import VALID, meaning, valid

CLOSE = 1e-13


def start(path: Path) -> dict[str, float]:
    return {state.name: float(state.value) for state in iondsl.load(path).states}


def test_against_50_digits() -> None:
    found = start(VALID / "reactions_at_rest.ion")
    with mpmath.workdps(50):
        mpf = mpmath.mpf
        D = (mpf(1) * 2 + mpf("0.5")) / (2 + mpf("0.1"))  # 1 Ca.o E + 0.5 = (2 + 0.1) D, with Ca.o = 2, E = 1
        g = 1 / (1 + D)
        k, Mg = mpmath.exp(-1 - g), mpf(1)
        # in uM: k 0.1 B = 0.1 CaB and 0.2 Mg B = 0.5 MgB, with B + CaB + MgB = 50
        B = 50 / (1 + k + mpf("0.2") * Mg / mpf("0.5"))
        # the cycle: 1 - 2 at 1 and 2, 2 - 3 at 3 and 4, 3 - 1 at D
        rows = mpmath.matrix([[-1, 2, D], [1, -5, 4], [1, 1, 1]])
        cycle = mpmath.lu_solve(rows, mpmath.matrix([0, 0, 1]))
        expected = {
            "bound.B": B, "bound.CaB": k * B, "bound.MgB": B * Mg * mpf("0.4"), "D": D, "g": g,
            "twice": 2 * k * B, "cycle1": cycle[0], "cycle2": cycle[1], "cycle3": cycle[2],
        }
        assert {name: found[name] for name in expected} == pytest.approx(
            {name: float(value) for name, value in expected.items()}, rel=CLOSE
        )


def test_what_needs_each_other_is_solved_together() -> None:
    groups = {each.unknown: each.given for each in joints(valid("reactions_at_rest"))}
    assert groups == {
        ("D",): (),
        ("bound.CaB", "bound.MgB"): ("bound.B",),
        ("cycle1", "cycle2"): ("cycle3",),
    }


@pytest.mark.parametrize("target", ["numpy", "c"])
def test_it_follows_parameters(target: str, tmp_path: Path) -> None:
    path = tmp_path / "model.ion"
    path.write_text(
        "model m:\nparam K = 2 [mM]\nparam total = 3 [mM]\nstate C [mM]\nstate A = total - C\n"
        "reaction r:\n    A <-> C : 1, K * 1 [1/mM/ms]\n"
    )
    cell = iondsl.load(path).compile(target=target)
    result = cell.run(until=1, dt=0.1, parameters={"K": np.array([2.0, 5.0])})
    assert result["C"][0] == pytest.approx([1, 0.5], rel=CLOSE)
    assert result["C"][-1] == pytest.approx([1, 0.5], rel=1e-12)  # and stays


def test_a_given_value_is_none_of_it() -> None:
    lines = "state A = 3 [mM]\nstate C [mM]\nreaction r:\n    A <-> C : 1, 2\n"
    (joint,) = joints(meaning(lines))
    assert (joint.unknown, joint.given, joint.pivots) == (("C",), (), (("C", 0),))


def test_where_nothing_is_open_nothing_is_solved() -> None:
    assert joints(valid("reactions")) == ()


def test_components() -> None:
    graph = {"a": ("b",), "b": ("c", "d"), "c": ("a",), "d": ("e",), "e": (), "f": ("f", "g"), "g": ("f",)}
    assert [sorted(each) for each in components(graph)] == [["e"], ["d"], ["a", "b", "c"], ["f", "g"]]


def test_long_chains_need_no_stack() -> None:
    chain = "".join(f"d{n} = {f'd{n - 1}' if n else 'C'} * 1\n" for n in range(3000))
    lines = "state C [mM]\nstate A = 3 [mM] - d2999\nreaction r:\n    A <-> C : 1, 2\n"
    (joint,) = joints(meaning(chain + lines))
    assert joint.unknown == ("C",)
    assert joint.given == ("A",)
