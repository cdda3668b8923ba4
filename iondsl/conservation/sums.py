"""Exact arithmetic: sums of products of atoms to rational powers, with rational coefficients.

An atom is what is not looked into: a quantity, a derivative, a function of sums. Two sums that are equal as
polynomials in their atoms are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter
from typing import Self

# A proof is given up where more terms would arise.
MOST_TERMS = 2000

ZERO, UNIT = Fraction(0), Fraction(1)


class TooLargeError(Exception):
    """A sum would grow beyond the limits of this package."""


class Atom(str):
    """Its text, which tells atoms apart: they are keys everywhere, and nothing is hashed as fast as a string.

    `function` is empty for a name, `+` for a sum that is kept whole, `exp`, `sin` ...; its `arguments` are sums. Of a
    condition (`opaque`) they are only the names in it.
    """

    __slots__ = ("arguments", "function")
    function: str
    arguments: tuple[Sum, ...]

    def __new__(cls, text: str, function: str = "", arguments: tuple[Sum, ...] = ()) -> Self:
        atom = super().__new__(cls, text)
        atom.function, atom.arguments = function, arguments
        return atom

    @property
    def text(self) -> str:
        return self

    @property
    def is_sum(self) -> bool:
        return self.function == "+"


# Whole exponents are plain integers: nearly all are, and Fractions are slow.
Exponent = int | Fraction
# Atoms with their powers, by text; no power is 0.
Monomial = tuple[tuple[Atom, Exponent], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """Terms by their product of atoms; no coefficient is 0."""

    terms: Mapping[Monomial, Fraction]

    def __add__(self, other: Sum) -> Sum:
        return collected([*self.terms.items(), *other.terms.items()])

    def __sub__(self, other: Sum) -> Sum:
        return self + other * number(-1)

    def __mul__(self, other: Sum) -> Sum:
        if len(self.terms) * len(other.terms) > 20 * MOST_TERMS:
            raise TooLargeError
        one, two = self.terms.items(), other.terms.items()
        return collected((times(left, right), scaled(a, b)) for left, a in one for right, b in two)

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def constant(self) -> Fraction | None:
        """Its value, if it is a number."""
        if not self.terms:
            return ZERO
        return self.terms.get(()) if len(self.terms) == 1 else None

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """All that stand in it outside functions, in the order of their first terms."""
        return tuple(dict.fromkeys(atom for monomial in self.terms for atom, _ in monomial))

    def names(self) -> set[str]:
        """The names in it and in its functions."""
        found: set[str] = set()
        waiting = [self]
        while waiting:
            for atom in waiting.pop().atoms:
                waiting += atom.arguments
                if not atom.function:
                    found.add(atom.text)
        return found


def collected(terms: Iterable[tuple[Monomial, Fraction]]) -> Sum:
    """Like terms added up."""
    found: dict[Monomial, Fraction] = {}
    for monomial, coefficient in terms:
        found[monomial] = found[monomial] + coefficient if monomial in found else coefficient
    if len(found) > MOST_TERMS:
        raise TooLargeError
    return Sum({monomial: coefficient for monomial, coefficient in found.items() if coefficient})


def scaled(one: Fraction, other: Fraction) -> Fraction:
    """Their product; most factors are 1, and Fractions are slow."""
    return other if one == 1 else one if other == 1 else one * other


def times(left: Monomial, right: Monomial) -> Monomial:
    if not left or not right:
        return left or right
    powers = dict(left)
    for atom, power in right:
        powers[atom] = powers.get(atom, 0) + power
    return ordered(powers)


def ordered(powers: Mapping[Atom, Exponent]) -> Monomial:
    found = [(atom, whole(power)) for atom, power in powers.items() if power]
    return tuple(sorted(found, key=itemgetter(0)))


def whole(exponent: Exponent) -> Exponent:
    """As an integer, if it is one."""
    return exponent.numerator if exponent.denominator == 1 else exponent


def number(value: int | Fraction) -> Sum:
    return Sum({(): Fraction(value)} if value else {})


def single(atom: Atom, power: Exponent = 1) -> Sum:
    return Sum({((atom, whole(power)),): UNIT})


def name(text: str) -> Sum:
    return single(Atom(text))


def summed(parts: Iterable[Sum]) -> Sum:
    return collected(term for part in parts for term in part.terms.items())


def text(base: Sum) -> str:
    """The same for equal sums; only for telling them apart."""
    terms = sorted((monomial_text(monomial), each) for monomial, each in base.terms.items())
    return " + ".join(f"{each}*{monomial}" for monomial, each in terms)


def monomial_text(monomial: Monomial) -> str:
    return "*".join(f"{atom.text}^{each}" for atom, each in monomial)
