"""Reactions as arrows, with their rate constants above and below, and the symbols of these."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.system import Network, Participant, System, Transition
from iondsl.targets.latex.groups import Group
from iondsl.targets.latex.pools import below, ion_symbols
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.symbol import Symbol

NOTHING = r"\emptyset"


def of_system(system: System) -> tuple[Network, ...]:
    return tuple(network for network in system.networks if network.keyword == "reaction")


def constants(system: System) -> Iterator[tuple[str, Symbol]]:
    """What rate constants and net rates are called: k_+, k_- and v, of several lines with their number."""
    for network in of_system(system):
        for position, line in enumerate(network.transitions, 1):
            which = "" if len(network.transitions) == 1 else str(position)
            numbered = (which,) if which else ()
            yield line.forward, Symbol("k", numbered if line.backward is None else (f"+{which}",))
            if line.backward is not None:
                yield line.backward, Symbol("k", (f"-{which}",))
            if line.rate is not None:
                yield line.rate, Symbol("v", numbered)


def arrows(network: Network, printer: Printer) -> Group:
    """The lines of a reaction, one below the other."""
    species = symbols(printer)
    rows = (f"{row(line, species, printer)} \\label{{reaction:{line.rate}}}" for line in network.transitions)
    space = "" if network.space is None else f"In ${below(network.space)}$."
    return Group("", space, " \\\\\n".join(rows), ())


def row(line: Transition, species: dict[str, str], printer: Printer) -> str:
    forward = printer.symbols[line.forward].tex
    arrow = rf"\xrightarrow{{{forward}}}"
    if line.backward is not None:
        backward = printer.symbols[line.backward].tex
        arrow = rf"\underset{{{backward}}}{{\overset{{{forward}}}{{\rightleftharpoons}}}}"
    return f"  {side(line.left, species, printer)} &{arrow} {side(line.right, species, printer)}"


def side(participants: tuple[Participant, ...], species: dict[str, str], printer: Printer) -> str:
    found = []
    for each in participants:
        symbol = species.get(each.quantity) or printer.symbols[each.quantity].tex
        found.append(rf"{each.count}\,{symbol}" if each.count > 1 else symbol)
    return " + ".join(found) if found else NOTHING


def symbols(printer: Printer) -> dict[str, str]:
    """Ions without the brackets of a concentration: Ca^{2+}_i."""
    of_ions = ion_symbols(printer.system)
    found: dict[str, str] = {}
    for ion in printer.system.ions:
        symbol = of_ions[ion.name]
        head = f"{{{symbol}}}" if "_" in symbol else symbol
        found |= {each.quantity: f"{head}_{{{below(each.space)}}}" for each in ion.concentrations}
    return found
