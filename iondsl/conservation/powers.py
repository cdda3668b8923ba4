"""Powers and quotients of sums: a sum below a line is an atom to a negative power, until it is `cleared`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from math import floor

from iondsl.conservation.sums import (
    UNIT,
    Atom,
    Exponent,
    Monomial,
    Sum,
    TooLargeError,
    monomial_text,
    number,
    ordered,
    single,
    summed,
    text,
    times,
    whole,
)

# A proof is given up where a sum would be raised higher, a number grow longer, or a sum below a line as text: those of
# the bundled models have less than a thousand characters.
HIGHEST_POWER = 12
MOST_BITS = 4096
LONGEST_TEXT = 20_000


def power(base: Sum, exponent: Exponent) -> Sum:
    """The sum to a rational power; ZeroDivisionError for a negative one of 0.

    A whole power of one term is taken factor by factor. A root of it is not, as sqrt(x^2) is not x.
    """
    if exponent == 0:
        return number(1)
    if not base:
        return number(UNIT / 0 if exponent < 0 else 0)
    ((monomial, coefficient), *others) = base.terms.items()
    is_whole = exponent.denominator == 1
    if not others and is_whole:
        raised = tuple((atom, whole(each * exponent)) for atom, each in monomial)
        return Sum({raised: raised_number(coefficient, exponent.numerator)})
    if not others and coefficient == 1 and len(monomial) == 1 and monomial[0][1] == 1:
        return single(monomial[0][0], exponent)
    if is_whole and 0 < exponent <= HIGHEST_POWER:
        raised_sum = base
        for _ in range(exponent.numerator - 1):
            raised_sum = raised_sum * base
        return raised_sum
    return kept_whole(base, exponent)


def raised_number(value: Fraction, exponent: int) -> Fraction:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length()) - 1
    if bits * abs(exponent) > MOST_BITS:
        raise TooLargeError
    return value**exponent


def kept_whole(base: Sum, exponent: Exponent) -> Sum:
    """A sum to a power as one atom: its common factors are taken out, so that 1/(2 a + 2 b) is half of 1/(a + b)."""
    if exponent.denominator != 1:
        return single(whole_sum(base), exponent)
    base, multiplied = cleared(base)
    common, content = shared(base)
    inner = divided(base, common, content)
    outer = power(Sum({common: content}), exponent) * power(multiplied, -exponent)
    return outer * (number(1) if inner.constant == 1 else single(whole_sum(inner), exponent))


def shared(base: Sum) -> tuple[Monomial, Fraction]:
    """The lowest power of every atom, and the first coefficient."""
    terms = [dict(monomial) for monomial in base.terms]
    lowest = {atom: min(powers.get(atom, 0) for powers in terms) for atom in base.atoms}
    return ordered(lowest), base.terms[min(base.terms, key=monomial_text)]


def divided(base: Sum, monomial: Monomial, coefficient: Fraction) -> Sum:
    below = tuple((atom, -each) for atom, each in monomial)
    return Sum({times(term, below): each / coefficient for term, each in base.terms.items()})


def whole_sum(base: Sum) -> Atom:
    written = text(base)
    if len(written) > LONGEST_TEXT:
        raise TooLargeError
    return Atom(f"({written})", "+", (base,))


def cleared(base: Sum) -> tuple[Sum, Sum]:
    """The sum times the sums below its lines, and this factor: it is 0 if and only if the product is."""
    factor = number(1)
    while True:
        powers = dict(whole_powers(base))
        if not powers:
            return base, factor
        atom, lowest = max(powers.items(), key=lambda each: (len(each[0].text), each[0].text))
        raised = powers_of(atom.arguments[0])
        factor = factor * raised(-min(lowest, 0))
        base = summed(without(monomial, each, atom, lowest, raised) for monomial, each in base.terms.items())


def powers_of(base: Sum) -> Callable[[int], Sum]:
    """Its whole powers, each worked out once."""

    @cache
    def raised(exponent: int) -> Sum:
        if exponent > HIGHEST_POWER:
            raise TooLargeError
        return power(base, exponent)

    return raised


def is_nothing(base: Sum) -> bool:
    """Whether a sum is 0 once it is cleared.

    Atoms that stand in none of its sums below lines are taken out first: each of their products has a coefficient of
    its own, which must be 0, and is cleared of far fewer sums than all of them together.
    """
    return not any(cleared(part)[0] for part in sorted(coefficients(base), key=effort))


def effort(base: Sum) -> tuple[int, int]:
    """What clearing takes: the sums in it, then the terms."""
    return sum(atom.is_sum for atom in base.atoms), len(base.terms)


def coefficients(base: Sum) -> tuple[Sum, ...]:
    return tuple(by_product(base).values())


def by_product(base: Sum) -> dict[Monomial, Sum]:
    """The coefficient of every product of atoms that stand in no sum that is kept whole."""
    inside = set(within_sums(base))
    found: dict[Monomial, dict[Monomial, Fraction]] = {}
    for monomial, coefficient in base.terms.items():
        own = tuple(each for each in monomial if not each[0].is_sum and each[0] not in inside)
        rest = tuple(each for each in monomial if each[0].is_sum or each[0] in inside)
        found.setdefault(own, {})[rest] = coefficient
    return {own: Sum(rest) for own, rest in found.items()}


def within_sums(base: Sum) -> Iterator[Atom]:
    """The atoms in all sums that are kept whole, and in those in them."""
    waiting = [atom for atom in base.atoms if atom.is_sum]
    while waiting:
        (inner,) = waiting.pop().arguments
        yield from inner.atoms
        waiting += [atom for atom in inner.atoms if atom.is_sum]


def whole_powers(base: Sum) -> Iterator[tuple[Atom, int]]:
    """Sums that stand in it to powers of which a whole part can be taken out, each with the lowest of them."""
    found: dict[Atom, list[Exponent]] = {}
    for monomial in base.terms:
        for atom, each in monomial:
            if atom.is_sum:
                found.setdefault(atom, []).append(each)
    yield from ((atom, floor(min(powers))) for atom, powers in found.items() if min(powers) < 0 or max(powers) >= 1)


def without(
    monomial: Monomial, coefficient: Fraction, atom: Atom, lowest: int, raised: Callable[[int], Sum]
) -> Sum:
    """One term times the sum of `atom` to minus its `lowest` power, with whole powers of this sum written out."""
    powers = dict(monomial)
    left = powers.pop(atom, 0) - min(lowest, 0)
    rest = ordered(powers | {atom: left - floor(left)})
    return Sum({rest: coefficient}) * raised(floor(left))
