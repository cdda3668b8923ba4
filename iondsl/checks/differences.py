"""Differences of a root and what is squared in it, as in `sqrt(b^2 + 4 * c) - b`: found by their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from iondsl.checks.products import is_sum, product, terms
from iondsl.formatter import text
from iondsl.immutable import frozen
from iondsl.syntax import Binary, Call, Expression
from iondsl.traversal import Change

# A sum as coefficients of products, which are told apart by the texts of their factors above and below the line.
Form = Mapping[tuple[tuple[str, ...], tuple[str, ...]], Fraction]
Terms = tuple[tuple[int, Expression], ...]
# What stands for a name, such as the definition of a derived quantity; anything else stands for itself.
Meaning = Callable[[Expression], Expression]


@frozen
class Difference:
    """`factor` * `root` + `others`, where the root is that of `square` + `rest`, and `others`^2 = `factor`^2 `square`.

    `slope` is what the squared expression is multiplied by to give `others`; `is_single` if that is one product.
    """

    factor: Fraction
    root: Expression
    square: Expression
    rest: Terms
    others: Terms
    slope: Fraction
    is_single: bool

    def changed(self, change: Change) -> Difference:
        """With `change` applied to everything in it."""
        rest, others = (tuple((sign, change(term)) for sign, term in each) for each in (self.rest, self.others))
        return replace(self, root=change(self.root), square=change(self.square), rest=rest, others=others)


def difference(node: Expression, meaning: Meaning) -> Difference | None:
    """A sum as such, if it is one."""
    parts = tuple(terms(node))
    for at, (sign, term) in enumerate(parts):
        others = parts[:at] + parts[at + 1 :]
        for factor, root, radicand in roots(term, meaning):
            for place, (plus, square) in enumerate(radicand):
                rest = radicand[:place] + radicand[place + 1 :]
                multiple, squared = square_of(square)
                slope = quotient(form(others), squared)
                if rest and slope is not None and slope**2 == factor**2 * multiple * plus:
                    return Difference(sign * factor, root, square, rest, others, slope, len(squared) == 1)
    return None


def roots(term: Expression, meaning: Meaning) -> Iterator[tuple[Fraction, Expression, Terms]]:
    """The root that a term is a multiple of, with the terms below it."""
    scaled = product(term)
    if len(scaled.above) == 1 and not scaled.below:
        radicand = radicand_of(meaning(scaled.above[0]))
        if radicand is not None:
            yield scaled.coefficient, scaled.above[0], tuple(terms(meaning(radicand)))


def radicand_of(node: Expression) -> Expression | None:
    """What a square root is taken of."""
    match node:
        case Call(arguments=(radicand,)) if node.function.text == "sqrt":
            return radicand
        case Binary(operator="^", left=radicand, right=exponent) if is_number(exponent, Fraction(1, 2)):
            return radicand
    return None


def square_of(term: Expression) -> tuple[Fraction, Form]:
    """A term as a multiple of a square; without any where it is none."""
    scaled = product(term)
    match scaled.above:
        case ():
            return (scaled.coefficient, {((), ()): Fraction(1)}) if not scaled.below else (Fraction(0), {})
        case (Binary(operator="^", left=base, right=exponent),) if is_number(exponent, Fraction(2)):
            found = base
        case (one, other) if text(one) == text(other):
            found = one
        case _:
            return Fraction(0), {}
    return (Fraction(0), {}) if scaled.below else (scaled.coefficient, form(tuple(terms(found))))


def form(parts: Terms) -> Form:
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Fraction] = {}
    waiting = [(Fraction(sign), term) for sign, term in parts]
    while waiting:
        scale, term = waiting.pop()
        scaled = product(term)
        scale *= scaled.coefficient
        if len(scaled.above) == 1 and not scaled.below and is_sum(scaled.above[0]):
            waiting += [(scale * sign, each) for sign, each in terms(scaled.above[0])]
        else:
            key = (tuple(sorted(map(text, scaled.above))), tuple(sorted(map(text, scaled.below))))
            found[key] = found.get(key, Fraction(0)) + scale
    return {key: value for key, value in found.items() if value}


def quotient(above: Form, below: Form) -> Fraction | None:
    """The number by which one is a multiple of the other."""
    if not below or above.keys() != below.keys():
        return None
    numbers = {above[key] / below[key] for key in below}
    return numbers.pop() if len(numbers) == 1 else None


def is_number(node: Expression, value: Fraction) -> bool:
    scaled = product(node)
    return not scaled.above and not scaled.below and scaled.coefficient == value
