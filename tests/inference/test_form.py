"""Unknown units that stand for others, to powers that these may not have."""

from __future__ import annotations

from fractions import Fraction

from iondsl.inference.form import Form, substituted
from iondsl.units import ONE, read_unit

ROOT = Fraction(1, 2)


def test_an_unknown_stands_for_what_solves_it() -> None:
    solved = {0: Form(read_unit("V^2"), ((1, 2),))}
    assert substituted(Form(ONE, ((0, ROOT),)), solved) == Form(read_unit("V"), ((1, 1),))


def test_a_scale_without_a_root_is_left_out() -> None:
    """1/1000 has no exact root: the number that stands for it may be what it likes."""
    assert substituted(Form(read_unit("s"), ((0, ROOT),)), {0: Form(read_unit("mV"))}) == Form(read_unit("s"))
