"""Expressions taken apart: products into factors, sums into terms. Nothing is evaluated but plain numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Binary, Expression, Name, Number, Prime, Unary
from iondsl.traversal import walk
from iondsl.units import ONE, same_dimension


@frozen
class Product:
    """`sign` times the numerators over the denominators, each no product itself."""

    sign: int
    numerators: tuple[Expression, ...]
    denominators: tuple[Expression, ...]

    @property
    def inverse(self) -> Product:
        return Product(self.sign, self.denominators, self.numerators)

    def times(self, other: Product) -> Product:
        return Product(
            self.sign * other.sign,
            self.numerators + other.numerators,
            self.denominators + other.denominators,
        )

    def without(self, factor: Expression) -> Product:
        """All but one of the numerators."""
        return replace(self, numerators=tuple(each for each in self.numerators if each is not factor))

    def expression(self, span: Span) -> Expression | None:
        """It as one expression, None for 1."""
        above, below = joined(self.numerators, "*", span), joined(self.denominators, "*", span)
        if self.sign < 0:
            above = Unary("-", number("1", span) if above is None else above, span)
        if below is None:
            return above
        return Binary("/", number("1", span) if above is None else above, below, span)


def product(node: Expression) -> Product:
    """The factors of an expression; `-(a)` and `(1/a)` are taken apart, too, and a factor 1 is left out."""
    match node:
        case Unary(operator="-"):
            inner = product(node.operand)
            return replace(inner, sign=-inner.sign)
        case Unary():
            return product(node.operand)
        case Binary(operator="*"):
            return product(node.left).times(product(node.right))
        case Binary(operator="/"):
            return product(node.left).times(product(node.right).inverse)
        case Number() if Fraction(node.text) == 1 and is_plain(node):
            return Product(1, (), ())
        case _:
            return Product(1, (node,), ())


def terms(node: Expression, sign: int = 1) -> Iterator[tuple[int, Expression]]:
    """The terms of a sum with their signs; what is no sum is one term."""
    match node:
        case Binary(operator="+" | "-"):
            yield from terms(node.left, sign)
            yield from terms(node.right, sign if node.operator == "+" else -sign)
        case Unary():
            yield from terms(node.operand, -sign if node.operator == "-" else sign)
        case _:
            yield sign, node


def coefficients(node: Expression) -> Mapping[Name, Fraction] | None:
    """A sum of names, each times a plain number; None for anything else."""
    found: dict[Name, Fraction] = {}
    for sign, term in terms(node):
        factors = product(term)
        scale, names = scaled(factors.numerators)
        divided, others = scaled(factors.denominators)
        if len(names) != 1 or others or divided == 0:
            return None
        key = replace(names[0], span=node.span)
        found[key] = found.get(key, Fraction(0)) + sign * factors.sign * scale / divided
    return found


def scaled(factors: tuple[Expression, ...]) -> tuple[Fraction, list[Name]]:
    """The plain numbers of a product, and its names; what else there is counts as a name twice."""
    scale, names = Fraction(1), []
    for each in factors:
        if isinstance(each, Number) and is_plain(each):
            scale *= Fraction(each.text)
        elif isinstance(each, Name):
            names.append(each)
        else:
            names += [Name(("",), each.span)] * 2
    return scale, names


def is_plain(node: Number) -> bool:
    """Whether it is a pure number; `[nF/uF]` makes no other number of it, in a source that converts nothing."""
    return node.unit is None or same_dimension(node.unit.unit, ONE)


def joined(factors: tuple[Expression, ...], operator: str, span: Span) -> Expression | None:
    if not factors:
        return None
    result, *others = factors
    for each in others:
        result = Binary(operator, result, each, span)
    return result


def number(text: str, span: Span) -> Number:
    return Number(text, None, span)


def reads(node: Expression, path: tuple[str, ...]) -> bool:
    """Whether a name stands in an expression."""
    return any(isinstance(each, Name) and each.path == path for each in walk(node))


def names(node: Expression) -> Iterator[tuple[str, ...]]:
    """The paths that stand in an expression, those of derivatives too."""
    for each in walk(node):
        if isinstance(each, Name):
            yield each.path
        elif isinstance(each, Prime):
            yield each.name.path
