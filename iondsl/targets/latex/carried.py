"""What a current, a flux or a stimulus carries, from where to where, in sentences."""

from __future__ import annotations

from fractions import Fraction

from iondsl.system import Current, Flux, Share, System
from iondsl.targets.latex.pools import below, ion_symbols
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.text import listed

# The ends that go without saying, of currents.
USUAL = {("i", "o")}


def carries(flow: Current | Flux, printer: Printer) -> str:
    """What moves where, what that means for the current, and how a flux is measured."""
    symbol = printer.symbols[flow.name].tex
    per = getattr(flow, "per", None)
    measured = f"${symbol}$ is the change of concentration in ${below(per)}$ per time." if per else ""
    if not flow.carries:
        return measured
    counted = any(each.coefficient is not None for each in flow.carries)
    cycle = " in each cycle" if counted else ""
    said = f"Carries {moved(flow, printer)}{cycle}{parts(flow, printer)}."
    return " ".join(filter(None, (said, measured)))


def moved(flow: Current | Flux, printer: Printer) -> str:
    """The ions, those with the same ends together."""
    ends = list(dict.fromkeys((each.start, each.end) for each in flow.carries))
    silent = isinstance(flow, Current) and set(ends) == USUAL
    return listed(
        listed(counted_ion(each, printer) for each in flow.carries if (each.start, each.end) == (start, end))
        + ("" if silent else f" from ${below(start)}$ to ${below(end)}$")
        for start, end in ends
    )


def counted_ion(share: Share, printer: Printer) -> str:
    count = "" if share.coefficient is None else rf"{share.coefficient}\,"
    return f"${count}{ion_symbols(printer.system)[share.ion]}$"


def parts(flow: Current | Flux, printer: Printer) -> str:
    """Which part of a flow is which ion's, where that does not go without saying."""
    ions, own = ion_symbols(printer.system), printer.symbols[flow.name].tex
    pairs = [(multiple(share, flow, printer), ions[share.ion]) for share in flow.carries]
    if all(part == own for part, _ in pairs):
        return f", ${own}$ of each" if len(pairs) > 1 else ""
    return f": {listed(f'${part}$ is ${ion}$' for part, ion in pairs)}"


def multiple(share: Share, flow: Current | Flux, printer: Printer) -> str:
    """`-2 I`, of elementary charges in a current, of particles in a flux."""
    count = share.part if isinstance(flow, Current) else share.particles
    symbol = printer.symbols[share.flow].tex
    if count is None or count == 1:
        return symbol
    return f"-{symbol}" if count == -1 else rf"{ratio(count)}\,{symbol}"


def ratio(count: Fraction) -> str:
    sign, size = "-" * (count < 0), abs(count)
    return f"{sign}{size}" if size.denominator == 1 else rf"{sign}\tfrac{{{size.numerator}}}{{{size.denominator}}}"


def stimulated(name: str, system: System) -> str:
    """What a stimulus carries, and its ends; positive is inward."""
    pools = [(pool, each.particles) for pool in system.pools for each in pool.booked if each.flow == name]
    ions = {pool.ion.rpartition(".")[2]: ion_symbols(system)[pool.ion] for pool, _ in pools}
    moved = [(pool.ion.rpartition(".")[2], pool.space, count * charge(pool.ion, system)) for pool, count in pools]
    into = {ion: space for ion, space, inward in moved if inward > 0}
    out = {ion: space for ion, space, inward in moved if inward < 0}
    said = [f"${ions[ion]}$ from ${below(out.get(ion, 'o'))}$ to ${below(into.get(ion, 'i'))}$" for ion in into | out]
    return f"carries {listed(said)}" if said else ""


def charge(ion: str, system: System) -> int:
    return next((each.valence or 1 for each in system.ions if each.name == ion), 1)
