"""Every equation that is printed: its two sides, where it comes from, and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from iondsl.syntax import Expression, Number, Unary
from iondsl.system import Formula, Kind, Quantity
from iondsl.targets.latex.author import split
from iondsl.targets.latex.balances import concentration, in_words
from iondsl.targets.latex.box import Box, Level, joined
from iondsl.targets.latex.factors import Factor, factors
from iondsl.targets.latex.kinetics import ORIGIN as SCHEME
from iondsl.targets.latex.kinetics import short_rates
from iondsl.targets.latex.lines import lines
from iondsl.targets.latex.membrane import ORIGIN, membrane
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.text import escape, typewriter

# What a line of 16 cm leaves beside the number of an equation, in points.
LINE = 400.0
EQUALS = 13.5
# A wider formula does not stand in a cell of a table, but among the equations.
WIDEST_CELL = 110.0


@dataclass(frozen=True, slots=True)
class Equation:
    """`left` = `right`. `short` names the left side in a text, and `rank` says where it stands in its group.

    `restated`: a line below a `use` does so.
    """

    label: str
    left: Box
    right: Expression
    printer: Printer
    short: str
    origin: str = ""
    doc: str = ""
    rank: int = 0
    factors: tuple[Factor, ...] = ()
    restated: bool = False


def equations(quantity: Quantity, printer: Printer) -> Iterator[Equation]:
    """Definition, derivative, and what is too wide for a table: a parameter's or an initial value."""
    printer, name, value = printer.inside(quantity.block), quantity.name, quantity.value
    rank = _rank(quantity, printer)
    if quantity.rate is not None:
        yield _derivative(quantity, quantity.rate, printer, rank)
    if quantity.follows is not None:
        yield defined(quantity, quantity.follows, printer, rank)
    if value is None or quantity.kind is Kind.AMOUNT:
        return
    if quantity.store is not None:
        yield replace(defined(quantity, value, printer, 1), right=concentration(quantity.store, value), factors=())
    is_equation = quantity.kind is Kind.EQUATION and not _is_left_out(quantity, printer)
    if is_equation or (quantity.kind is Kind.PARAMETER and not fits_in_a_cell(value, printer)):
        silent = not is_equation or _is_heading(quantity, printer) or value.origin
        doc = "" if silent else escape(split(quantity.doc)[1])
        yield replace(defined(quantity, value, printer, rank), doc=doc)
    elif quantity.kind is Kind.STATE and not fits_in_a_cell(value, printer):
        start = printer.symbol(name).around("", "(0)", 13.0, Level.ATOM)
        found = defined(quantity, value, printer, rank + 1)
        yield replace(found, label=f"{name}(0)", left=start, short=start.tex, origin=found.origin or "initial value")


def defined(quantity: Quantity, formula: Formula, printer: Printer, rank: int) -> Equation:
    left, written, origin = printer.symbol(quantity.name), formula.written, _words(formula.origin, quantity, printer)
    found = factors(formula.conversions, written, formula.expanded, printer, str(quantity.unit or ""))
    return Equation(
        quantity.name, left, written, printer, left.tex, origin, rank=rank, factors=found, restated=formula.restated
    )


def fits_in_a_cell(value: Formula, printer: Printer) -> bool:
    """A number, or a short formula that needs no factor."""
    if is_literal(value.written):
        return True
    return not value.conversions and printer.box(value.written, inline=True).width <= WIDEST_CELL


def is_literal(node: Expression) -> bool:
    """A number, perhaps with a sign."""
    return isinstance(node, Number) or (isinstance(node, Unary) and isinstance(node.operand, Number))


def aligned(group: Iterable[Equation]) -> str:
    """The inside of an `align`: one number and one label for each equation, however many lines it takes."""
    group = tuple(group)
    room = LINE - EQUALS - max(each.left.width for each in group)
    return " \\\\\n".join(_rows(each, room) for each in group)


def _rows(equation: Equation, room: float) -> str:
    first, *others = lines(equation.right, equation.printer, room)
    rows = [f"  {equation.left.tex} &= {first}", *(rf"  &\quad {line}" for line in others)]
    return " \\notag \\\\\n".join(rows) + rf" \label{{eq:{equation.label}}}"


def _derivative(quantity: Quantity, rate: Formula, printer: Printer, rank: int) -> Equation:
    """`x'` = ...; the membrane equation with the capacitance on the left, as papers print it."""
    left = printer.derivative(quantity.name)
    origin = "" if rate.origin == SCHEME else _words(rate.origin, quantity, printer)
    right, computed, conversions = rate.written, rate.expanded, rate.conversions
    time = printer.system.time.unit
    unit = "" if quantity.unit is None or time is None else f"({quantity.unit})/({time})"
    if rate.origin == ORIGIN:
        found = membrane(quantity.name, rate, printer.system)
        right, computed, conversions = found.right, found.computed, found.conversions
        if found.capacitance is not None:
            left = joined([printer.box(found.capacitance), left], r"\,", Level.PRODUCT)
    label = f"{quantity.name}'" if quantity.kind is Kind.AMOUNT else quantity.name  # it has its own label in a table
    short = printer.derivative(quantity.name, inline=True).tex
    multiplied = factors(conversions, right, computed, printer, unit)
    return Equation(
        label, left, right, printer, short, origin, rank=rank, factors=multiplied, restated=rate.restated
    )


def _words(origin: str, quantity: Quantity, printer: Printer) -> str:
    """An origin with symbols for the members that it names."""

    def symbol(match: re.Match[str]) -> str:
        known = printer.symbols.get(f"{quantity.block}.{match[1]}")
        return typewriter(match[1]) if known is None else f"${known.tex}$"

    return re.sub("`([^`]*)`", symbol, in_words(origin, printer.system))


def _rank(quantity: Quantity, printer: Printer) -> int:
    """A current, flux or gate itself comes first, then the members of a gate in the habitual order."""
    if _is_heading(quantity, printer):
        return -10
    order = ("alpha", "beta", "inf", "tau", "phi")
    in_gate = quantity.block in {gate.name for gate in printer.system.gates}
    member = quantity.name.rpartition(".")[2]
    return order.index(member) - 5 if in_gate and member in order else 0


def _is_heading(quantity: Quantity, printer: Printer) -> bool:
    """A current, a flux or a gate: its text stands above its equations."""
    system = printer.system
    names = {*(each.name for each in system.currents), *(each.name for each in system.fluxes)}
    return quantity.name in names | {each.name for each in system.gates}


def _is_left_out(quantity: Quantity, printer: Printer) -> bool:
    """The charge of an ion, which its symbol shows, the `tau = 0` that says that a gate follows at once, and rates that
    stand at arrows."""
    system = printer.system
    if "->" in quantity.name and quantity.name in short_rates(system):
        return True
    at_once = {f"{gate.name}.tau" for gate in system.gates if gate.instantaneous}
    return quantity.name in at_once | {f"{ion.name}.z" for ion in system.ions}
