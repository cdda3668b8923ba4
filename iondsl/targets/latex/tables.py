"""Tables of parameters, initial values and inputs, in the order of declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iondsl.constants import CONSTANTS
from iondsl.syntax import Number, Unary
from iondsl.system import Formula, Kind, Quantity
from iondsl.targets.latex.author import split
from iondsl.targets.latex.box import Box, Level
from iondsl.targets.latex.carried import stimulated
from iondsl.targets.latex.equations import fits_in_a_cell, is_literal
from iondsl.targets.latex.number import digits
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.text import escape
from iondsl.targets.latex.units import measure
from iondsl.targets.latex.variants import label, restated_in
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
    """A row: symbol, value, unit, description, and the values in variants that restate something of the table."""

    symbol: Box
    value: Box
    unit: Box
    description: str
    others: tuple[Box, ...] = ()

    def cells(self, values: int) -> tuple[Box, ...]:
        """All but the description; what is in no variant leaves their columns empty."""
        empty = (Box("", 0.0),) * (values - 1 - len(self.others))
        symbol = self.symbol.around("$", "$", 0.0, self.symbol.level)
        return (symbol, self.value, *self.others, *empty, self.unit)


def tables(printer: Printer) -> Iterator[tuple[str, Table]]:
    """Tables of values that have a row, each with its title."""
    system = printer.system
    found = (
        ("Parameters", "Value", system.parameters, tuple(constants(printer))),
        ("Initial values", "Value", system.states, ()),
        ("Stimuli", "Default", system.of_kind(Kind.STIMULUS), ()),
        ("Inputs", "Default", system.of_kind(Kind.INPUT), ()),
    )
    for title, head, quantities, more in found:
        if quantities or more:
            variants = restated_in(system, {quantity.name for quantity in quantities})
            entries = [entry(each, printer, variants) for each in quantities]
            yield title, table([head, *map(escape, variants)], [*entries, *more])


def table(values: list[str], entries: list[Entry]) -> Table:
    """The description takes what the other columns leave. `values` are the heads of the columns with numbers."""
    cells = [each.cells(len(values)) for each in entries]
    used = sum(max(HEAD, *(cell.width for cell in column)) for column in zip(*cells, strict=True))
    room = max(PAGE - used - (len(values) + 2) * GAP, NARROWEST)
    rows = tuple(
        " & ".join([*(cell.tex for cell in row), each.description]).rstrip()
        for row, each in zip(cells, entries, strict=True)
    )
    head = " & ".join(["Symbol", *values, "Unit", "Description"])
    return Table(rf"@{{}}l{'r' * len(values)}l{paragraph(room)}{FILL}", head, rows)


def paragraph(points: float) -> str:
    """A column of running text."""
    return rf">{{\raggedright\arraybackslash}}p{{{points:.0f}pt}}"


def entry(quantity: Quantity, printer: Printer, variants: Mapping[str, Mapping[str, Quantity]]) -> Entry:
    """The row of a quantity; `variants` are those with a column, with what they restate."""
    doc = escape(split(quantity.doc)[1])
    carried = stimulated(quantity.name, printer.system) if quantity.kind is Kind.STIMULUS else ""
    origin = "" if quantity.value is None else quantity.value.origin
    if quantity.value is None and quantity.kind is Kind.STATE:
        origin = "steady state"
    restating = "restated" if quantity.value is not None and quantity.value.restated else ""
    description = "; ".join(filter(None, (doc, escape(origin), carried, restating)))
    symbol, inside = printer.symbol(quantity.name), printer.inside(quantity.block)
    others = (restated(variant, rows.get(quantity.name), quantity, inside) for variant, rows in variants.items())
    return Entry(symbol, value(quantity, inside), unit_of(quantity.unit), description, tuple(others))


def restated(variant: str, quantity: Quantity | None, original: Quantity, printer: Printer) -> Box:
    """The cell of a variant: empty for what it leaves, with the unit where it is in another one."""
    if quantity is None or quantity.value is None:
        return Box("", 0.0)
    if quantity.unit != original.unit and is_literal(quantity.value.written):
        return printer.box(quantity.value.written).around("$", "$", 0.0, Level.ATOM)
    return value(quantity, printer, variant)


def value(quantity: Quantity, printer: Printer, variant: str = "") -> Box:
    """The digits of a literal, a short formula, or the number of the equation that has it."""
    formula = quantity.value
    if formula is None:
        return Box("--", 10.0)
    if not fits_in_a_cell(formula, printer):
        name = f"{quantity.name}(0)" if quantity.kind is Kind.STATE else quantity.name
        return Box(rf"Eq.~\eqref{{eq:{label(variant, name)}}}", 35.0)
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
