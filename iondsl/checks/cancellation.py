"""W407: a difference that loses its digits, as `(sqrt(b^2 + 4 * c) - b) / 2` does where c is small.

The same root of the quadratic equation is a quotient in which b and the square root are added: Goldberg 1991, ACM
Comput. Surv. 23:5-48, doi:10.1145/103162.103163, section 1.4.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial

from iondsl.checks.conjugates import conjugate, summed
from iondsl.checks.differences import Difference, Meaning, difference, radicand_of
from iondsl.checks.numbers import values
from iondsl.checks.places import within
from iondsl.checks.products import Product, is_product, is_sum, meaning, product
from iondsl.checks.ratios import is_concentration
from iondsl.elaborate.names import names_in
from iondsl.errors import Diagnostic
from iondsl.evaluation import evaluated
from iondsl.formatter import text
from iondsl.source import Span
from iondsl.syntax import Expression, Name, Unary
from iondsl.system import System
from iondsl.traversal import children, rewrite, walk

ALONE = Product(Fraction(1), (), ())
LONGEST = 200  # letters of an expression that is printed
SHORT_CURE = "multiply and divide it by the sum of the root and the other term, which loses none"


def check(system: System) -> Iterator[Diagnostic]:
    definitions = {each.name: each.value.written for each in system.equations if each.value is not None}
    roots = {name for name, value in definitions.items() if radicand_of(value) is not None}
    for expression in (each for each in written(system) if has_root(each, roots)):
        for span, outer, found in differences(expression, partial(meaning, definitions=definitions)):
            if cancels(found, system):
                yield unstable(span, outer, found, partial(as_typed, whole=expression.span))


def unstable(span: Span, outer: Product, found: Difference, typed: Callable[[Expression], Expression]) -> Diagnostic:
    outer, found = outer.changed(typed), found.changed(typed)
    rest = found.rest[0][1] if len(found.rest) == 1 else summed(found.rest)
    small, large = text(rest), text(found.square)
    message = f"this difference loses its digits where `{small}` is small beside `{large}`"
    stable = conjugate(found, outer)
    cure = f"write this, which is the same: {stable}" if len(stable) <= LONGEST else SHORT_CURE
    return Diagnostic("W407", message, span, cure)


def written(system: System) -> Iterator[Expression]:
    """What the author wrote: right sides, and the bodies of functions."""
    for formula in system.formulas:
        if not formula.origin or formula.origin.startswith("written"):
            yield formula.written
    yield from (function.value for function in system.functions)


def has_root(expression: Expression, roots: Collection[str]) -> bool:
    """Whether a square root stands in it, or the name of one."""
    nodes = walk(expression)
    return any(node.text in roots if isinstance(node, Name) else radicand_of(node) is not None for node in nodes)


def differences(expression: Expression, meaning: Meaning) -> Iterator[tuple[Span, Product, Difference]]:
    """All in an expression: the place of the product that each stands in, and what it is multiplied by there."""
    seen: set[int] = set()
    for node in walk(expression):
        parts = product(node) if is_product(node) or is_sum(node) else ALONE
        for at, each in enumerate(parts.above):
            if is_sum(each) and id(each) not in seen:
                seen |= {id(inner) for inner in sums_in(each)}
                found = difference(each, meaning)
                if found is not None:
                    yield node.span, replace(parts, above=parts.above[:at] + parts.above[at + 1 :]), found


def sums_in(node: Expression) -> Iterator[Expression]:
    """A sum, and the sums that are terms of it."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Unary):
            waiting.append(node.operand)
        elif is_sum(node):
            yield node
            waiting += children(node)


def cancels(found: Difference, system: System) -> bool:
    """Whether the root and the other term have opposite signs: at the start, or else as they are written.

    Beside a plus sign, only what is made of concentrations is judged by its start: a potential changes its sign.
    """
    is_difference = (found.factor > 0) != (found.slope > 0)
    names = names_in(summed(found.others))
    known = values(system, names, {})
    try:
        start = evaluated(summed(found.others), known.__getitem__)
    except (LookupError, ArithmeticError, ValueError):
        return is_difference
    units = {quantity.name: quantity.unit for quantity in system.quantities}
    may_add = found.is_single or not all(is_concentration(units.get(name)) for name in names)
    return start * found.factor < 0 and (is_difference or not may_add)


def as_typed(node: Expression, whole: Span) -> Expression:
    """The expression with names as they are written in the right side `whole`."""

    def change(each: Expression) -> Expression:
        if isinstance(each, Name) and within(each.span, whole):
            return replace(each, path=tuple(each.span.text.split(".")))
        return each

    return rewrite(node, change)
