"""What a model consists of, in tables: states, parameters, inputs, ions, currents."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from iondsl.conservation import Proof
from iondsl.formatter import text
from iondsl.sentences import headline
from iondsl.show.words import INDENT, WIDTH, Row, bracketed, line_of, origin, plain
from iondsl.syntax import Number, Unary
from iondsl.system import Compartment, Current, Flux, Ion, Kind, Quantity, Share, Space
from iondsl.traversal import same
from iondsl.wrapping import wrap

# A longer value of a parameter, or of a state at the beginning, is printed among the equations.
LONGEST_VALUE = 30
# Between columns, and what the last one gets at least, where it needs it.
GAP = 2
NARROW = 20


def section(heading: str, content: Iterable[Row]) -> Iterator[str]:
    """A table; what is too wide for its column goes on below itself."""
    table = list(content)
    if not table:
        return
    yield from ("", heading)
    *widths, _ = fitted([max(map(len, column)) for column in zip(*table, strict=True)])
    for *cells, last in table:
        room = WIDTH - len(INDENT) - sum(width + GAP for width in widths if width)
        columns = [wrap(cell, width, "", INDENT[:GAP]) for cell, width in zip(cells, widths, strict=True) if width]
        for *line, end in zip_longest(*columns, textwrap.wrap(last, room), fillvalue=""):
            beside = (f"{cell:{width}}" for cell, width in zip(line, filter(None, widths), strict=True))
            yield (INDENT + (" " * GAP).join((*beside, end))).rstrip()


def fitted(widths: list[int]) -> list[int]:
    """Widths of columns that a page has room for: the widest gives way, down to the last column's least."""
    *others, last = widths
    spare = WIDTH - len(INDENT) - min(max(last, 1), NARROW) - sum(width + GAP for width in others if width)
    widest = others.index(max(others))
    others[widest] += min(spare, 0)
    return [*others, last]


def rows(quantities: Iterable[Quantity]) -> Iterator[Row]:
    """Name, value, unit, origin, documentation."""
    for quantity in quantities:
        value, where = short_value(quantity), line_of(quantity.span)
        if quantity.value is None and quantity.kind is Kind.STATE:
            where = "derived: steady state"
        if quantity.value is not None:
            where = origin(quantity.value, quantity.span)
        yield quantity.name, "(below)" if value is None else value, bracketed(quantity.unit), where, plain(quantity.doc)


def short_value(quantity: Quantity) -> str | None:
    """A value that fits into a table and hides nothing; a number without the unit that stands beside it."""
    if quantity.value is None or quantity.is_start:
        return ""
    written = quantity.value.expanded if quantity.value.origin else quantity.value.written
    sign, number = (written.operator, written.operand) if isinstance(written, Unary) else ("", written)
    if isinstance(number, Number) and number.unit is not None and str(number.unit.unit) == str(quantity.unit):
        return f"{sign}{number.text}"
    shown = text(written)
    return shown if len(shown) <= LONGEST_VALUE and same(written, quantity.value.expanded) else None


def compartment_row(compartment: Compartment) -> Row:
    """Name, members of its membrane, line, documentation."""
    members = filter(None, (compartment.potential, compartment.capacitance, compartment.area))
    return compartment.name, ", ".join(members), line_of(compartment.span), plain(compartment.doc)


def ion_row(ion: Ion) -> Row:
    """Name, valence, potential and concentrations, line, documentation."""
    valence = "" if ion.valence is None else f"z = {ion.valence:+d}" if ion.valence else "z = 0"
    known = [ion.reversal or "", *(each.quantity for each in ion.concentrations)]
    return ion.name, valence, ", ".join(filter(None, known)), line_of(ion.span), plain(ion.doc)


def current_row(current: Current) -> Row:
    """Name, what it carries, line, the first sentence of its documentation: its equations have all of it."""
    moved = carried(current.carries, silent=("i", "o")) if current.carries else "charge only"
    return current.name, moved, line_of(current.span), headline(plain(current.doc))[0]


def flux_row(flux: Flux) -> Row:
    """Name, what it carries from where to where, line, the first sentence of its documentation."""
    per = "" if flux.per is None else f" per {flux.per}"
    moved = carried(flux.carries) if flux.carries else "carries nothing"
    return flux.name, f"{moved}{per}", line_of(flux.span), headline(plain(flux.doc))[0]


def carried(shares: tuple[Share, ...], silent: tuple[str, str] | None = None) -> str:
    """`carries 3 Na, -2 K from ss to o`; the ends `silent` go without saying."""
    moved = [(f"{share.coefficient or ''} {share.ion}".strip(), share) for share in shares]
    if len({(share.start, share.end) for share in shares}) == 1:
        ions, ends = ", ".join(ion for ion, _ in moved), (shares[0].start, shares[0].end)
        return f"carries {ions}" if ends == silent else f"carries {ions} from {ends[0]} to {ends[1]}"
    return f"carries {', '.join(f'{ion} from {share.start} to {share.end}' for ion, share in moved)}"


def law_row(proof: Proof) -> Row:
    """Name, unit, line, how it was proven, documentation."""
    law = proof.law
    how = f"proven: {proof.how}" if proof.how else proof.verdict.value
    return law.name, bracketed(law.unit), line_of(law.span), how, plain(law.doc)


def space_row(space: Space) -> Row:
    """Name, size, line, documentation."""
    return space.name, space.size or "infinite", line_of(space.span), plain(space.doc)
