"""Laws of conservation: d/dt of a sum, and the flux by which it changes, or 0."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.syntax import Expression, Name, Number
from iondsl.system import Quantity, System
from iondsl.targets.latex.author import split
from iondsl.targets.latex.box import Box, Level, atom, delimited, fraction, joined
from iondsl.targets.latex.equations import Equation, defined
from iondsl.targets.latex.factors import Factor, factors
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.text import escape
from iondsl.traversal import walk

# A wider sum has a line of its own, and its symbol stands behind d/dt.
WIDEST = 280.0


def laws(printer: Printer) -> Iterator[Equation]:
    """One equation for each law, two where the sum is wide, is converted, or stands in other equations, too."""
    read = read_names(printer.system)
    for law in printer.system.laws:
        inside = printer.inside(law.block)
        assert law.value is not None
        doc, sum_ = escape(split(law.doc)[1]), inside.box(law.value.written)
        if law.value.conversions or law.name in read or sum_.width > WIDEST:
            yield defined(law, law.value, inside, 0)
            yield changing(law, inside, inside.derivative(law.name), doc, f"{law.name}'")
        else:
            slope = fraction(atom(r"\mathrm{d}"), inside.symbol(inside.time).around(r"\mathrm{d}", "", 5.6, Level.ATOM))
            left = joined([slope, delimited(sum_)], r"\,", Level.PRODUCT)
            yield changing(law, inside, left, doc, law.name)


def changing(law: Quantity, printer: Printer, left: Box, doc: str, label: str) -> Equation:
    """d/dt = flux."""
    right: Expression = Number("0", None, law.span)
    found: tuple[Factor, ...] = ()
    if law.rate is not None:
        time, right = printer.system.time.unit, law.rate.written
        unit = "" if law.unit is None else f"({law.unit})/({time})"
        found = factors(law.rate.conversions, right, law.rate.expanded, printer, unit)
    return Equation(label, left, right, printer, printer.symbol(law.name).tex, doc=doc, factors=found)


def read_names(system: System) -> set[str]:
    """All that stands in an equation."""
    formulas = (formula for quantity in system.quantities for formula in quantity.formulas)
    return {node.text for formula in formulas for node in walk(formula.expanded) if isinstance(node, Name)}
