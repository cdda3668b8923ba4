"""A sum is 0 if all that is multiplied by different atoms is."""

from __future__ import annotations

from fractions import Fraction

from iondsl.conservation.powers import coefficients, is_nothing, power
from iondsl.conservation.sums import Sum, name, number

X, Y, A, B = map(name, "xyab")


def inverse(base: Sum) -> Sum:
    return power(base, Fraction(-1))


def test_what_is_multiplied_by_free_atoms_is_looked_at_alone() -> None:
    one, other = X + number(1), Y + number(2)
    left = A * (one * inverse(one) - number(1)) + B * (other * inverse(other) - number(1))
    assert len(coefficients(left)) == 2
    assert is_nothing(left)
    assert not is_nothing(left + A * inverse(one))
    assert not is_nothing(left + inverse(other))


def test_an_atom_of_a_sum_that_is_kept_whole_is_not_free() -> None:
    assert len(coefficients(X * inverse(X + number(1)) + inverse(X + number(1)) - number(1))) == 1
    assert is_nothing(X * inverse(X + number(1)) + inverse(X + number(1)) - number(1))
    assert is_nothing(A * X * inverse(X + A) + A * A * inverse(X + A) - A)
    nested = inverse(inverse(X + A) + B)
    assert is_nothing(nested + B * (X + A) * nested - (X + A))
