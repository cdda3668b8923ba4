"""Texts for numba."""

from __future__ import annotations

import ast

from benchmarks import jit


def test_literals_have_the_size_of_the_state_and_whole_numbers_stay() -> None:
    assert ast.unparse(jit.in_size("state[0] = 0.1 * -V**3")) == "state[0] = real(0.1) * -V ** 3"
