"""A sum as text: common factors taken out, flows apart from what multiplies them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from iondsl.conservation.facts import Facts
from iondsl.conservation.numbers import Point
from iondsl.conservation.sums import UNIT, Atom, Exponent, Monomial, Sum, ordered, times
from iondsl.evaluation import NumberError
from iondsl.inference.mend import number as digits

Term = tuple[Monomial, Fraction]
Terms = Mapping[Monomial, Fraction]

# What is printed of a long sum: terms, and characters, fewer of one in a term.
MOST_SHOWN = 8
LONGEST, LONGEST_INSIDE = 160, 60
# 6 and 10 are written as 2 (3 a + 5 b), 1 and 1000 as they are.
LARGEST_MULTIPLE = 20


def factored(base: Sum, known: Facts) -> str:
    """`-(I_a + 2 * I_b) * membrane.area / F`."""
    places = {quantity.name: place for place, quantity in enumerate(known.system.quantities)}

    def place(monomial: Monomial) -> tuple[list[int], str]:
        found = sorted(places.get(atom.text.removesuffix("'"), len(places)) for atom, _ in monomial)
        return found, str(monomial)

    common, content = shared(base)
    below = tuple((atom, -each) for atom, each in common)
    rest = {times(term, below): each / content for term, each in base.terms.items()}
    terms = [(term, rest[term]) for term in sorted(rest, key=place)]
    if len(terms) == 1:
        return product(common, content)
    outer = split(rest, known)
    if outer is not None:
        return product(common, content, " * ".join(f"({factored(Sum(part), known)})" for part in outer))
    inner = summed_text(terms if fits(terms) else largest_first(terms, known))
    if not common and content == 1:
        return inner
    return product(common, content, f"({inner})")


def split(terms: Terms, known: Facts) -> tuple[Terms, Terms] | None:
    """A sum over flows times a sum of the rest, where it is such a product: every flow with the same factors."""
    flows = {each.flow for pool in known.system.pools for each in pool.booked}
    table: dict[Monomial, dict[Monomial, Fraction]] = {}
    for monomial, coefficient in terms.items():
        moved = tuple(each for each in monomial if each[0].text in flows)
        table.setdefault(moved, {})[tuple(each for each in monomial if each not in moved)] = coefficient
    first = next(iter(table.values()))
    size = abs(shared(Sum(first))[1]) * (1 if any(each > 0 for each in first.values()) else -1)
    first = {rest: each / size for rest, each in first.items()}
    pivot = next(iter(first))
    shares = {moved: row.get(pivot, Fraction(0)) / first[pivot] for moved, row in table.items()}
    fits = all(row == {rest: each * shares[moved] for rest, each in first.items()} for moved, row in table.items())
    return (shares, first) if fits and len(table) > 1 and len(first) > 1 else None


def shared(base: Sum) -> tuple[Monomial, Fraction]:
    """What all terms have in common: powers of one sign, and a factor of their coefficients."""
    every = [dict(monomial) for monomial in base.terms]
    found = {}
    for atom in base.atoms:
        powers = [each.get(atom, Fraction(0)) for each in every]
        if all(each > 0 for each in powers) or all(each < 0 for each in powers):
            found[atom] = min(powers) if powers[0] > 0 else max(powers)
    sign = -1 if all(each < 0 for each in base.terms.values()) else 1
    return ordered(found), sign * unit_of([abs(each) for each in base.terms.values()])


def unit_of(coefficients: list[Fraction]) -> Fraction:
    """The largest number of which all coefficients are small multiples; 1 where there is none."""
    above, below = gcd(*(each.numerator for each in coefficients)), lcm(*(each.denominator for each in coefficients))
    unit = Fraction(above, below)
    return unit if max(coefficients) <= LARGEST_MULTIPLE * unit else UNIT


def fits(terms: Sequence[Term], longest: int = LONGEST) -> bool:
    return len(terms) <= MOST_SHOWN and sum(len(product(*term)) for term in terms) <= longest


def largest_first(terms: Sequence[Term], known: Facts) -> Sequence[Term]:
    """By what they are near the start; as they are where that cannot be told."""
    point = Point(known, 0)
    try:
        return sorted(terms, key=lambda term: -abs(float(term[1]) * point.product(term[0])))
    except (NumberError, ArithmeticError, ValueError):
        return terms


def summed_text(terms: Sequence[Term], longest: int = LONGEST) -> str:
    shown = [*terms] if fits(terms, longest) else [*terms[: MOST_SHOWN - 2]]
    while len(shown) > 1 and not fits(shown, longest):
        shown.pop()
    parts = [product(monomial, abs(each)) for monomial, each in shown]
    signs = ["-" if each < 0 else "+" for _, each in shown]
    first = f"-{parts[0]}" if signs[0] == "-" else parts[0]
    text = " ".join([first, *(f"{sign} {part}" for sign, part in zip(signs[1:], parts[1:], strict=True))])
    left = len(terms) - len(shown)
    return f"{text} + ... ({left} more)" if left > 0 else text


def product(monomial: Monomial, coefficient: Fraction, inner: str = "") -> str:
    """`-2 * inner * a / (b * c)`."""
    sign, size = "-" if coefficient < 0 else "", abs(coefficient)
    above = [factor_text(atom, each) for atom, each in monomial if each > 0]
    below = [factor_text(atom, -each) for atom, each in monomial if each < 0]
    above = [inner, *above] if inner else above
    if size.denominator != 1 and len(digits(size)) > len("1e-12"):
        below = [digits(Fraction(size.denominator)), *below]
        size = Fraction(size.numerator)
    above = [digits(size), *above] if size != UNIT or not above else above
    divisor = f" / {below[0]}" if len(below) == 1 else f" / ({' * '.join(below)})" if below else ""
    return f"{sign}{' * '.join(above)}{divisor}"


def factor_text(atom: Atom, exponent: Exponent) -> str:
    """`a`, `a^2`, `exp(2 * a)`, `(a + b)`."""
    if atom.function == "exp":
        ((argument, each),) = atom.arguments[0].terms.items()
        return f"exp({product(argument, each * exponent)})"
    base = atom_text(atom)
    if exponent == 1:
        return base
    return f"{base}^{exponent}" if exponent.denominator == 1 else f"{base}^({exponent})"


def atom_text(atom: Atom) -> str:
    if not atom.function:
        return atom.text
    if atom.function == "opaque":
        return f"({atom.text})"
    arguments = [summed_text([*each.terms.items()], LONGEST_INSIDE) if each else "0" for each in atom.arguments]
    if atom.function == "^":
        return f"({arguments[0]})^({arguments[1]})"
    return f"({arguments[0]})" if atom.is_sum else f"{atom.function}({', '.join(arguments)})"
