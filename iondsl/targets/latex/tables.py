"""Tables of parameters, initial values and inputs, in the order of declaration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iondsl.constants import CONSTANTS
from iondsl.syntax import Number, Unary
from iondsl.system import Formula, Kind, Quantity
from iondsl.targets.latex.author import split
from iondsl.targets.latex.box import Box
from iondsl.targets.latex.carried import stimulated
from iondsl.targets.latex.equations import fits_in_a_cell, is_literal
from iondsl.targets.latex.number import digits
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.text import escape
from iondsl.targets.latex.units import measure
from iondsl.units import Unit

# 16 cm and what a table keeps free between its columns, in points.
PAGE = 455.0
GAP = 12.0
NARROWEST = 120.0
# `Symbol` and `Default`.
HEAD = 36.0
# Lines of a title and a head; and rows, more of which may be broken over pages.
HEADED = 8
LONGEST_WHOLE = 8
# An empty last column, which makes every table as wide as the text.
FILL = r"@{\extracolsep{\fill}}l@{}"


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` is the argument of `longtable`; `head` and `rows` are lines of cells."""

    columns: str
    head: str
    rows: tuple[str, ...]

    @property
    def room(self) -> int:
        """The lines that it needs, with its title, at the end of a page."""
        return HEADED + min(len(self.rows), LONGEST_WHOLE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: symbol, value, unit, description."""

    symbol: Box
    value: Box
    unit: Box
    description: str


def tables(printer: Printer) -> Iterator[tuple[str, Table]]:
    """Tables of values that have a row, each with its title."""
    system = printer.system
    parameters = [*(entry(each, printer) for each in system.parameters), *constants(printer)]
    found = (
        ("Parameters", "Value", parameters),
        ("Initial values", "Value", [entry(each, printer) for each in system.states]),
        ("Stimuli", "Default", [entry(each, printer) for each in system.of_kind(Kind.STIMULUS)]),
        ("Inputs", "Default", [entry(each, printer) for each in system.of_kind(Kind.INPUT)]),
    )
    yield from ((title, table(head, entries)) for title, head, entries in found if entries)


def table(value: str, entries: list[Entry]) -> Table:
    """The description takes what the other columns leave."""
    columns = zip(*((each.symbol.width, each.value.width, each.unit.width) for each in entries), strict=True)
    used = sum(max(HEAD, *widths) for widths in columns)
    room = max(PAGE - used - 3 * GAP, NARROWEST)
    rows = tuple(
        f"${each.symbol.tex}$ & {each.value.tex} & {each.unit.tex} & {each.description}".rstrip() for each in entries
    )
    head = f"Symbol & {value} & Unit & Description"
    return Table(rf"@{{}}lrl{paragraph(room)}{FILL}", head, rows)


def paragraph(points: float) -> str:
    """A column of running text."""
    return rf">{{\raggedright\arraybackslash}}p{{{points:.0f}pt}}"


def entry(quantity: Quantity, printer: Printer) -> Entry:
    doc = escape(split(quantity.doc)[1])
    carried = stimulated(quantity.name, printer.system) if quantity.kind is Kind.STIMULUS else ""
    origin = "" if quantity.value is None else quantity.value.origin
    if quantity.value is None and quantity.kind is Kind.STATE:
        origin = "steady state"
    description = "; ".join(filter(None, (doc, escape(origin), carried)))
    symbol = printer.symbol(quantity.name)
    return Entry(symbol, value(quantity, printer.inside(quantity.block)), unit_of(quantity.unit), description)


def value(quantity: Quantity, printer: Printer) -> Box:
    """The digits of a literal, a short formula, or the number of the equation that has it."""
    formula = quantity.value
    if formula is None:
        return Box("--", 10.0)
    if not fits_in_a_cell(formula, printer):
        label = f"{quantity.name}(0)" if quantity.kind is Kind.STATE else quantity.name
        return Box(rf"Eq.~\eqref{{eq:{label}}}", 35.0)
    box = bare(formula) if is_literal(formula.written) else printer.box(formula.written, inline=True)
    return box.around("$", "$", 0.0, box.level)


def bare(formula: Formula) -> Box:
    """A literal without its unit, which stands in the next column."""
    match formula.written:
        case Unary(operator="-", operand=Number() as number):
            return digits(number.text).around("-", "", 8.0, digits(number.text).level)
        case Unary(operand=Number() as number):
            return digits(number.text)
        case Number() as number:
            return digits(number.text)
    raise TypeError(f"no literal: {formula.written}")


def unit_of(unit: Unit | None) -> Box:
    """Dimensionless is 1; a dash stands for what is not known."""
    if unit is None:
        return Box("--", 10.0)
    known = measure(str(unit))
    return Box(known.tex, known.width)


def constants(printer: Printer) -> Iterator[Entry]:
    """The built-in constants that the model reads."""
    declared = {quantity.name for quantity in printer.system.quantities}
    for name, constant in CONSTANTS.items():
        if name in printer.symbols and name not in declared:
            doc, box = f"{constant.doc} (CODATA 2018)", digits(constant.text)
            number = box.around("$", "$", 0.0, box.level)
            yield Entry(printer.symbol(name), number, unit_of(constant.unit), doc)
