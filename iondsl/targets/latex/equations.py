"""Every equation that is printed: its two sides, where it comes from, and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iondsl.syntax import Binary, Expression, Number, Unary
from iondsl.system import Formula, Kind, Quantity
from iondsl.targets.latex.author import split
from iondsl.targets.latex.box import Box, Level, joined
from iondsl.targets.latex.lines import lines
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.product import factors
from iondsl.targets.latex.text import escape, typewriter

# What a line of 16 cm leaves beside the number of an equation, in points.
LINE = 400.0
EQUALS = 13.5
# A wider formula does not stand in a cell of a table, but among the equations.
WIDEST_CELL = 110.0


@dataclass(frozen=True, slots=True)
class Equation:
    """`left` = `right`. `short` names the left side in a text, and `rank` says where it stands in its group."""

    label: str
    left: Box
    right: Expression
    printer: Printer
    short: str
    origin: str = ""
    doc: str = ""
    rank: int = 0


def equations(quantity: Quantity, printer: Printer) -> Iterator[Equation]:
    """Definition, derivative, and what is too wide for a table: a parameter's or an initial value."""
    printer, name, value = printer.inside(quantity.block), quantity.name, quantity.value
    left = printer.symbol(name)
    rank = _rank(quantity, printer)
    if quantity.rate is not None:
        yield _derivative(quantity, quantity.rate, printer, rank)
    if quantity.follows is not None:
        origin = _words(quantity.follows.origin, quantity, printer)
        yield Equation(name, left, quantity.follows.written, printer, left.tex, origin, rank=rank)
    if value is None:
        return
    origin = _words(value.origin, quantity, printer)
    if quantity.kind in (Kind.EQUATION, Kind.AMOUNT) and not _is_left_out(quantity, printer):
        doc = "" if _is_heading(quantity, printer) or value.origin else escape(split(quantity.doc)[1])
        yield Equation(name, left, value.written, printer, left.tex, origin, doc, rank)
    elif quantity.kind is Kind.PARAMETER and not fits_in_a_cell(value, printer):
        yield Equation(name, left, value.written, printer, left.tex, origin, rank=rank)
    elif quantity.kind is Kind.STATE and not fits_in_a_cell(value, printer):
        start = left.around("", "(0)", 13.0, Level.ATOM)
        yield Equation(f"{name}(0)", start, value.written, printer, start.tex, origin or "initial value", rank=rank + 1)


def fits_in_a_cell(value: Formula, printer: Printer) -> bool:
    return is_literal(value.written) or printer.box(value.written, inline=True).width <= WIDEST_CELL


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
    left, right = printer.derivative(quantity.name), rate.written
    if rate.origin == "membrane equation" and isinstance(right, Binary) and right.operator == "/":
        left = joined([factors((right.right,), False, printer.box), left], r"\,", Level.PRODUCT)
        right = right.left
    short = printer.derivative(quantity.name, inline=True).tex
    label = f"{quantity.name}'" if quantity.kind is Kind.AMOUNT else quantity.name  # an amount has a definition, too
    return Equation(label, left, right, printer, short, _words(rate.origin, quantity, printer), rank=rank)


def _words(origin: str, quantity: Quantity, printer: Printer) -> str:
    """An origin with symbols for the members that it names."""

    def symbol(match: re.Match[str]) -> str:
        known = printer.symbols.get(f"{quantity.block}.{match[1]}")
        return typewriter(match[1]) if known is None else f"${known.tex}$"

    return re.sub("`([^`]*)`", symbol, origin)


def _rank(quantity: Quantity, printer: Printer) -> int:
    """A current or gate itself comes first, then the members of a gate in the habitual order."""
    if _is_heading(quantity, printer):
        return -10
    order = ("alpha", "beta", "inf", "tau", "phi")
    in_gate = quantity.block in {gate.name for gate in printer.system.gates}
    member = quantity.name.rpartition(".")[2]
    return order.index(member) - 5 if in_gate and member in order else 0


def _is_heading(quantity: Quantity, printer: Printer) -> bool:
    """A current or a gate: its text stands above its equations."""
    currents, gates = printer.system.currents, printer.system.gates
    return quantity.name in {*(current.name for current in currents), *(gate.name for gate in gates)}


def _is_left_out(quantity: Quantity, printer: Printer) -> bool:
    """The charge of an ion, which its symbol shows, and the `tau = 0` that says that a gate follows at once."""
    system = printer.system
    at_once = {f"{gate.name}.tau" for gate in system.gates if gate.instantaneous}
    return quantity.name in at_once | {f"{ion.name}.z" for ion in system.ions}
