"""The steady state of Markov schemes, against the null space of the matrix of their rates."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

import iondsl
from iondsl.source import Source

Array = npt.NDArray[np.floating[Any]]


def start(lines: str) -> Array:
    return model(lines).compile(scheme="forward_euler", target="numpy").initial_state()[:, 0]


def model(lines: str) -> iondsl.Model:
    return iondsl.Model(Source("steady.ion", f"model steady:\n{lines}"))


def stationary(rates: dict[tuple[int, int], float]) -> Array:
    """The null vector of Q, where p' = Q p, by its singular value decomposition."""
    size = 1 + max(max(pair) for pair in rates)
    matrix = np.zeros((size, size))
    for (start, end), rate in rates.items():
        matrix[end, start] += rate
        matrix[start, start] -= rate
    vector: Array = np.linalg.svd(matrix)[2][-1]
    weights: Array = vector / vector.sum()
    return weights


def written(rates: dict[tuple[int, int], float]) -> str:
    names = ", ".join(f"S{place}" for place in range(1 + max(max(pair) for pair in rates)))
    lines = [f"    S{start} -> S{end} : {rate!r}" for (start, end), rate in rates.items()]
    return "\n".join(["markov k:", f"    states {names}", *lines])


@pytest.mark.parametrize("size", [2, 3, 5, 8])
def test_of_any_rates(size: int) -> None:
    random = np.random.default_rng(size)
    pairs = [(one, other) for one in range(size) for other in range(size) if one != other]
    kept = [pair for pair in pairs if (pair[1] - pair[0]) % size == 1 or random.random() < 0.5]
    rates = {pair: float(10 ** random.uniform(-2, 2)) for pair in kept}
    assert start(written(rates)) == pytest.approx(stationary(rates), rel=1e-12)


def test_small_occupancies_are_as_accurate_as_large_ones() -> None:
    """A chain, each state 1e-6 times as likely as the one before: by detailed balance, in closed form."""
    rates = {pair: rate for n in range(4) for pair, rate in (((n, n + 1), 1e-3), ((n + 1, n), 1e3))}
    weights = 1e-6 ** np.arange(5)
    assert start(written(rates)) == pytest.approx(weights / weights.sum(), rel=1e-14)


def test_where_some_states_are_left_for_good() -> None:
    """S0 and S1 empty themselves into S2 and S3."""
    rates = {(0, 1): 1.0, (1, 0): 2.0, (1, 2): 0.5, (2, 3): 3.0, (3, 2): 1.0}
    assert start(written(rates)).tolist() == [0, 0, 0.25, 0.75]


def test_rates_in_other_units_and_two_lines_between_two_states() -> None:
    found = start("markov k:\n    states A, B\n    A <-> B : 200 [1/s], 0.1\n    B <-> A : 0.3 [1/ms], 0.4")
    assert found == pytest.approx([0.4 / 1.0, 0.6 / 1.0], rel=1e-15)


def test_in_the_order_in_which_values_follow_from_each_other() -> None:
    """A gate that follows from a scheme that follows from V that follows from a gate."""
    found = start(
        "\n".join(
            [
                "gate first:\n    inf = 0.25\n    tau = 1",
                "membrane:\n    state V = 40 [mV] * first\n    C = 1 [uF/cm^2]\n    V' = 0 [mV/ms]",
                "markov k:\n    states A, B\n    A <-> B : V * 0.1 [1/(mV ms)], 3",
                "gate last:\n    inf = k.B / 2\n    tau = 1",
            ]
        )
    )
    assert dict(zip(("first", "V", "k.A", "k.B", "last"), found, strict=True)) == pytest.approx(
        {"first": 0.25, "V": 10, "k.A": 0.75, "k.B": 0.25, "last": 0.125}
    )


def test_of_a_scheme_with_a_state_eliminated() -> None:
    lines = "markov k:\n    states A, B, D\n    A <-> B : 1, 2\n    B <-> D : 3, 4\n    eliminate B"
    found = model(lines)
    weights = np.array([1, 1 / 2, 3 / 8])
    expected = weights / weights.sum()
    assert found.states.names == ("k.A", "k.D")
    assert start(lines) == pytest.approx(expected[[0, 2]], rel=1e-15)
    assert found.equations["k.B"].value == pytest.approx(expected[1], rel=1e-15)


def test_some_given_the_rest_begin_at_0() -> None:
    assert start("markov k:\n    states A, B = 1, D\n    A <-> B : 1, 2\n    B <-> D : 3, 4").tolist() == [0, 1, 0]
