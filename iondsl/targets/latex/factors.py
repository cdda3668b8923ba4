"""Conversion factors: equations stay as papers print them, and sentences say where the numbers need a factor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from iondsl.inference import Conversion
from iondsl.inference.mend import times
from iondsl.syntax import Call, Convert, Expression, Name, Unary
from iondsl.targets.latex.printer import Printer, summands
from iondsl.targets.latex.text import listed
from iondsl.targets.latex.units import measure
from iondsl.traversal import same, walk
from iondsl.units import read_unit

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
# A wider operand is not printed in a sentence.
WIDEST = 140.0


@dataclass(frozen=True, slots=True)
class Factor:
    """`value` stands before a `place` of an equation: its right side, a term, or an operand; `units` from and to."""

    value: Fraction
    units: str
    place: str


def factors(
    found: Iterable[Conversion], printed: Expression, computed: Expression, printer: Printer, unit: str
) -> tuple[Factor, ...]:
    """The factors of an equation, each place once. `unit` is that of the left side in the words of its author."""
    shown = len(summands(outermost(printed, printer)))
    every = [
        Factor(each.factor, units(each, unit), place)
        for each in found
        for place in places(each, shown, computed, printer)
    ]
    return tuple(dict.fromkeys(every))


def units(conversion: Conversion, unit: str) -> str:
    """`V to mV`; without those that have a number of their own, such as 10^-6 fmol/ms."""
    expected = unit if unit and read_unit(unit) == conversion.expected else str(conversion.expected)
    before, after = (plain(text) for text in (str(conversion.found), expected))
    return " ".join(filter(None, (before, f"to {after}" if after else "")))


def plain(text: str) -> str:
    known = measure(text)
    return known.tex if known.commands and not known.scale else ""


def places(conversion: Conversion, shown: int, computed: Expression, printer: Printer) -> list[str]:
    """All of the right side; terms, where as many are `shown`; else the operand."""
    multiplied = times(conversion.factor, conversion.operand)
    terms = [unsigned(term) for _, term in summands(computed)]
    found = [position for position, term in enumerate(terms) if same(term, multiplied)]
    if found and len(terms) == 1:
        return ["the right side of"]
    if found and found[-1] < len(ORDINALS) and shown == len(terms):
        return [f"the {ORDINALS[position]} term of" for position in found]
    return [f"{named(conversion.operand, printer)} in"]


def unsigned(node: Expression) -> Expression:
    return node.operand if isinstance(node, Unary) else node


def outermost(node: Expression, printer: Printer) -> Expression:
    """What is printed for a call at the top of an equation."""
    while isinstance(node, Convert) and node.operator == "in":
        node = node.operand
    definition = printer.calls.definition(node) if isinstance(node, Call) else None
    return node if definition is None else definition


def named(operand: Expression, printer: Printer) -> str:
    """The operand itself, or the first symbol in one that is too wide or not printed."""
    names = [each.text for each in walk(operand) if isinstance(each, Name)]
    known = [printer.symbol(each) for each in names if each in printer.symbols]
    if len(known) == len(names) and printer.box(operand, inline=True).width <= WIDEST:
        return f"${printer.box(operand, inline=True).tex}$"
    return f"the factor with ${known[0].tex}$" if known else "a factor"


def power_of_ten(value: Fraction) -> int | None:
    """The exponent, where the value is one."""
    digits = str(max(value.numerator, value.denominator))
    whole = min(value.numerator, value.denominator) == 1 and digits == "1" + "0" * (len(digits) - 1)
    return (len(digits) - 1) * (1 if value > 1 else -1) if whole else None


def shown(value: Fraction) -> str:
    """`10^{3}`, `60`, `1/60`."""
    power = power_of_ten(value)
    return str(value) if power is None or power == 1 else f"10^{{{power}}}"


def sentence(found: Iterable[tuple[str, Factor]]) -> str:
    """All factors of some equations, which are given by their labels; equal factors together."""
    places: dict[tuple[Fraction, str], dict[str, list[str]]] = {}
    for label, factor in found:
        places.setdefault((factor.value, factor.units), {}).setdefault(factor.place, []).append(label)
    parts = [
        f"${shown(value)}$" + (f" ({units})" if units else "") + f" before {listed(map(at, where.items()))}"
        for (value, units), where in places.items()
    ]
    return f"For the numbers of the tables put {'; '.join(parts)}." if parts else ""


def at(where: tuple[str, list[str]]) -> str:
    place, labels = where
    return f"{place} Eq{'s' if len(labels) > 1 else ''}.~" + listed(rf"\eqref{{eq:{label}}}" for label in labels)
