"""The membrane equation as papers print it: the capacitance on the left, and no conversion factors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from iondsl.elaborate.draft import binary, name, negative
from iondsl.inference import Conversion
from iondsl.inference.mend import times
from iondsl.syntax import Binary, Expression, Number, Unary
from iondsl.system import Formula, System
from iondsl.targets.latex.printer import summands
from iondsl.traversal import rewrite, same, walk
from iondsl.units import ONE, Unit

ORIGIN = "membrane equation"


@dataclass(frozen=True, slots=True)
class Membrane:
    """`capacitance` V' = `right`; None where not every current is divided by the capacitance.

    `computed` has the factors that are left out of `right`, and `conversions` say what they do.
    """

    capacitance: Expression | None
    right: Expression
    computed: Expression
    conversions: tuple[Conversion, ...]


def membrane(potential: str, rate: Formula, system: System) -> Membrane:
    """What the compiler derived of a V, taken apart."""
    capacitance = name(f"{potential.removesuffix('V')}membrane.C", rate.span)
    derived = [signed(sign, term) for sign, term in summands(rate.written)]
    bare = [without_factor(term) for term in derived]
    divided = [each for each in (freed(term, capacitance) for term in bare) if each is not None]
    is_divided = len(divided) == len(bare)
    terms, unit = divided if is_divided else bare, rate_unit(system, potential, *[capacitance.text] * is_divided)
    pairs = [(term, scale_of(each)) for term, each in zip(terms, derived, strict=True)]
    computed = total([times(scale, term) for term, scale in pairs])
    return Membrane(capacitance if is_divided else None, total(terms), computed, conversions(pairs, unit))


def conversions(pairs: list[tuple[Expression, Fraction]], unit: Unit | None) -> tuple[Conversion, ...]:
    """The factors of the terms, which are all measured in `unit` in the end."""
    if unit is None:
        return ()
    found = [(term, scale, Unit(unit.scale * scale, unit.dimension)) for term, scale in pairs if scale != 1]
    return tuple(Conversion(term, before, unit, scale) for term, scale, before in found)


def rate_unit(system: System, *names: str) -> Unit | None:
    """The unit of a product of quantities, per time."""
    units = {quantity.name: quantity.unit for quantity in system.quantities}
    known = [unit for unit in (units.get(each) for each in names) if unit is not None]
    if system.time.unit is None or len(known) < len(names):
        return None
    unit = ONE / system.time.unit
    for each in known:
        unit = unit * each
    return unit


def is_factor(node: Expression) -> bool:
    """A factor is written in digits; all else in a derived membrane equation has a name."""
    return all(isinstance(each, Number) for each in (node, *walk(node)) if not isinstance(each, Binary))


def scale_of(term: Expression) -> Fraction:
    """The factor of a term, which stands before its currents."""
    for each in walk(term):
        if isinstance(each, Binary) and each.operator == "*" and is_factor(each.left):
            return value_of(each.left)
    return Fraction(1)


def value_of(node: Expression) -> Fraction:
    """`1000`, `1e-3` or `1 / 60`."""
    if isinstance(node, Binary):
        return value_of(node.left) / value_of(node.right)
    return Fraction(node.text) if isinstance(node, Number) else Fraction(1)


def without_factor(term: Expression) -> Expression:
    """The term with the minus of its currents in front."""

    def change(node: Expression) -> Expression:
        if isinstance(node, Binary) and node.operator == "*" and is_factor(node.left):
            return node.right
        if isinstance(node, Binary) and node.operator in "*/" and is_minus(node.left):
            return negative(replace(node, left=node.left.operand)) if isinstance(node.left, Unary) else node
        return node

    return rewrite(term, change)


def is_minus(node: Expression) -> bool:
    return isinstance(node, Unary) and node.operator == "-"


def freed(term: Expression, factor: Expression) -> Expression | None:
    """The term multiplied by what it is divided by; None where it is not divided by that."""
    if isinstance(term, Unary):
        inner = freed(term.operand, factor)
        return None if inner is None else negative(inner)
    if not isinstance(term, Binary) or term.operator != "/":
        return None
    if same(term.right, factor):
        return term.left
    below = term.right
    if isinstance(below, Binary) and below.operator == "*" and same(below.left, factor):
        return replace(term, right=below.right)
    return None


def signed(sign: str, term: Expression) -> Expression:
    return negative(term) if sign == "-" else term


def total(terms: list[Expression]) -> Expression:
    """The sum, with a minus of a term as its sign."""
    first, *others = terms
    for term in others:
        if isinstance(term, Unary) and term.operator == "-":
            first = binary("-", first, term.operand)
        else:
            first = binary("+", first, term)
    return first
