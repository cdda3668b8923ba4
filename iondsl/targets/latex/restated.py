"""What a model restates in its parts, beside what stands in their sources; and what it binds."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.syntax import Expression, Number, Unary
from iondsl.system import Kind, Part, Quantity, Replaced
from iondsl.targets.latex.box import Box
from iondsl.targets.latex.equations import WIDEST_CELL, Equation, fits_in_a_cell, is_literal
from iondsl.targets.latex.pools import below, ion_symbols
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.tables import FILL, Table
from iondsl.targets.latex.text import escape, typewriter
from iondsl.targets.latex.units import measure
from iondsl.units import ONE, Unit

TITLE = "What was restated"
HEAD = "Part & Symbol & In its source & Line & Here & Line"
# What is said in the conventions of a document with parts.
SENTENCE = (
    "Parts come from the files that are named with them; what differs from these, and what their names are bound to, "
    f"is listed under ``{TITLE}''."
)


def table(printer: Printer) -> Table | None:
    rows = [row for part in printer.system.parts for row in rows_of(part, printer)]
    return Table(f"@{{}}lllrlr{FILL}", HEAD, tuple(rows)) if rows else None


def rows_of(part: Part, printer: Printer) -> Iterator[str]:
    """The name of the part in the first of them."""
    title = titled(part, printer)
    for line in part.replaced:
        there, here = cells(line, part, printer)
        before = "" if line.original is None else str(line.original.line)
        yield " & ".join((title, symbol(line, printer).tex, there, before, here, str(line.span.line)))
        title = ""


def titled(part: Part, printer: Printer) -> str:
    known = printer.symbols.get(part.name)
    return typewriter(part.name) if known is None else f"${known.tex}$"


def symbol(line: Replaced, printer: Printer) -> Box:
    """That of what is restated; a name that is bound stands as it is written."""
    if line.original is None or not line.quantity:
        return Box(typewriter(line.name), 5.3 * len(line.name))
    name = line.quantity.removesuffix("'")
    found = printer.symbol(name) if name == line.quantity else printer.derivative(name, inline=True)
    return found.around("$", "$", 0.0, found.level)


def cells(line: Replaced, part: Part, printer: Printer) -> tuple[str, str]:
    """What stood there, and what stands here; a reference to what is too wide."""
    if line.original is None:
        return "from outside", bound(line, part, printer)
    return there(line, part, printer), here(line, printer)


def there(line: Replaced, part: Part, printer: Printer) -> str:
    quantity = restated(line, printer)
    if line.value is None:
        return "steady state" if quantity is not None and quantity.kind is Kind.STATE else "--"
    unit = None if quantity is None or line.quantity.endswith("'") else quantity.unit
    return in_a_cell(line.value, inside(line, printer), unit) or reference(line, part)


def here(line: Replaced, printer: Printer) -> str:
    quantity, formula = restated(line, printer), None
    if quantity is not None:
        formula = quantity.rate if line.quantity.endswith("'") else quantity.value
    if quantity is None or formula is None:
        return "--"
    if fits_in_a_cell(formula, printer.inside(quantity.block)):
        unit = quantity.unit if formula is quantity.value else None
        return in_a_cell(formula.written, printer.inside(quantity.block), unit)
    starts = quantity.kind is Kind.STATE and formula is quantity.value
    return rf"Eq.~\eqref{{eq:{quantity.name}{'(0)' * starts}}}"


def bound(line: Replaced, part: Part, printer: Printer) -> str:
    """An expression, an ion, a space, or another name."""
    if line.value is not None:
        return in_a_cell(line.value, printer, None) or reference(line, part)
    name = line.span.as_written.partition("=")[2].strip()
    ions = ion_symbols(printer.system)
    if name in ions:
        return f"${ions[name]}$"
    return f"${below(name)}$" if name in {space.name for space in printer.system.spaces} else typewriter(name)


def in_a_cell(node: Expression, printer: Printer, unit: Unit | None) -> str:
    """A number with the unit that it is in, or a short formula; nothing for what is too wide."""
    if is_literal(node) and in_unit(node) is None and unit not in (None, ONE):
        return f"${measure(str(unit)).of(printer.box(node).tex)}$"
    box = printer.box(node, inline=True)
    return f"${box.tex}$" if is_literal(node) or box.width <= WIDEST_CELL else ""


def in_unit(literal: Expression) -> object:
    number = literal.operand if isinstance(literal, Unary) else literal
    return number.unit if isinstance(number, Number) else None


def restated(line: Replaced, printer: Printer) -> Quantity | None:
    name = line.quantity.removesuffix("'")
    return next((each for each in printer.system.quantities if each.name == name), None)


def inside(line: Replaced, printer: Printer) -> Printer:
    quantity = restated(line, printer)
    return printer if quantity is None else printer.inside(quantity.block)


def label(line: Replaced, part: Part) -> str:
    return f"source:{part.name}:{line.quantity or line.name}"


def reference(line: Replaced, part: Part) -> str:
    return rf"Eq.~\eqref{{eq:{label(line, part)}}}"


def equations(printer: Printer) -> Iterator[Equation]:
    """What is too wide for the table, each behind its symbol."""
    for part in printer.system.parts:
        for line in part.replaced:
            if line.value is not None and reference(line, part) in cells(line, part, printer):
                name = line.quantity.removesuffix("'")
                is_rate = name != line.quantity
                left = Box(rf"\mathtt{{{escape(line.name)}}}", 5.3 * len(line.name))
                if line.quantity:
                    left = printer.derivative(name) if is_rate else printer.symbol(name)
                yield Equation(label(line, part), left, line.value, inside(line, printer), left.tex)
