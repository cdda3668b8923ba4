"""Sums over all that is dissolved in a space: its ionic strength, its charge, its osmoles."""

from __future__ import annotations

from dataclasses import dataclass

from iondsl.elaborate import ions
from iondsl.elaborate.draft import binary, name, number, total
from iondsl.elaborate.names import Names
from iondsl.elaborate.physics.arguments import is_wrong
from iondsl.elaborate.physics.whole_numbers import literal, product
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.source import Span
from iondsl.syntax import Call, Convert, Expression, Name, Number, UnitLiteral
from iondsl.units import Unit, read_unit

CONCENTRATION = read_unit("mM")
# What a concentration times a size is counted in: mM um^3 and mM um.
AMOUNTS = {"volume": read_unit("amol"), "depth": read_unit("umol/m^2")}


@dataclass(frozen=True, slots=True)
class Solute:
    """One species of the space, by the name of its concentration."""

    valence: int
    concentration: str


@dataclass(frozen=True, slots=True)
class Size:
    """The volume or the depth of the space, by name, and what a concentration times it measures."""

    quantity: str
    amount: Unit


def sum_over(call: Call, space: Expression, names: Names, report: Report) -> Expression | None:
    """The sum that a call asks for; None where it makes no sense, which is reported."""
    found = solutes(call, space, names, report)
    if found is None:
        return None
    charged = [each for each in found if each.valence]
    if call.function.text == "ionic_strength":
        return half(sum_of([strength(each, call.span) for each in charged], CONCENTRATION, call.span))
    size = size_of(call, space.span.text, names.root, report)
    if size is None:
        return None
    if call.function.text == "osmoles":
        terms = [amount(each, size, call.span) for each in found]
    else:
        terms = [times(each.valence, amount(each, size, call.span)) for each in charged]
    return sum_of(terms, size.amount, call.span)


def solutes(call: Call, space: Expression, names: Names, report: Report) -> list[Solute] | None:
    """The ions with a concentration in the space; E206 where there are none."""
    if is_wrong(space):
        return None
    if not isinstance(space, Name):
        report(Diagnostic("E206", f"`{call.function.text}` needs the name of a space", space.span, "such as `i`"))
        return None
    blocks = [block for block in names.root.blocks.values() if block.keyword == "ion"]
    inside = [block for block in blocks if block.declares(space.text)]
    if not inside:
        if not any(scope.excuses(space.text) for scope in (names.root, *blocks)):
            report(nothing_in(space, blocks, names.root))
        return None
    found = [Solute(ions.valence(block) or 0, block.quantity(space.text)) for block in inside]
    known = call.function.text == "osmoles" or all(ions.valence(block) is not None for block in inside)
    return found if known else None


def nothing_in(space: Name, blocks: list[Scope], root: Scope) -> Diagnostic:
    known = {*ions.SPACES, *(name for name, block in root.blocks.items() if block.keyword == "space")}
    if space.text in known:
        cure = f"declare one in an ion: `{space.text} = 140 [mM]`"
        return Diagnostic("E206", f"no ion has a concentration in `{space.text}`", space.span, cure)
    cure = suggestion(space.text, known)
    return Diagnostic("E206", f"unknown space `{space.text}`", space.span, cure)


def size_of(call: Call, space: str, root: Scope, report: Report) -> Size | None:
    """E306 for a space without a volume or a depth."""
    block = root.blocks.get(space)
    for member, unit in AMOUNTS.items():
        if block is not None and block.keyword == "space" and block.declares(member):
            return Size(block.quantity(member), unit)
    if not root.excuses(space) and (block is None or not block.excuses(*AMOUNTS)):
        message = f"the space `{space}` has no `volume`, which `{call.function.text}` needs"
        cure = f"declare it: `space {space}:` with `volume = 1000 [um^3]` or `depth = 1 [um]`"
        report(Diagnostic("E306", message, call.span, cure))
    return None


def strength(solute: Solute, span: Span) -> Expression:
    """z^2 c."""
    return times(solute.valence**2, converted(name(solute.concentration, span), CONCENTRATION))


def amount(solute: Solute, size: Size, span: Span) -> Expression:
    """c times the volume or the depth; where that moves, `elaborate/amounts.py` knows the product."""
    return converted(binary("*", name(solute.concentration, span), name(size.quantity, span)), size.amount)


def converted(expression: Expression, unit: Unit) -> Expression:
    return Convert("in", expression, UnitLiteral(unit, expression.span), expression.span)


def times(factor: int, expression: Expression) -> Expression:
    return product(binary("*", literal(factor, expression.span), expression))


def half(expression: Expression) -> Expression:
    return binary("/", expression, number("2", expression.span))


def sum_of(terms: list[Expression], unit: Unit, span: Span) -> Expression:
    return total(terms) if terms else Number("0", UnitLiteral(unit, span), span)
