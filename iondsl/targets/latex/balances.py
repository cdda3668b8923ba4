"""What moves ions, as papers print it: d[Na]/dt = ..., and where volumes move, dn/dt = ... with [Na] = n/w."""

from __future__ import annotations

import re
from dataclasses import replace

from iondsl.elaborate.draft import binary, name
from iondsl.syntax import Expression, Name
from iondsl.system import Formula, Kind, Quantity, Store, System
from iondsl.targets.latex.pools import below, ion_symbols
from iondsl.targets.latex.printer import Printer
from iondsl.traversal import walk

BOOKED = "balance of currents and fluxes"
WITH_REACTIONS = "balance of currents, fluxes and reactions"


def in_one(system: System) -> System:
    """The rate of every concentration is its whole balance, unless an equation of the author reads that, too."""
    formulas = {each.name: each.value for each in system.quantities if each.name.endswith(".influx")}
    alone = formulas.keys() - read_elsewhere(system)

    def joined(quantity: Quantity) -> Quantity:
        influx = formulas.get(f"{quantity.name}.influx") if f"{quantity.name}.influx" in alone else None
        return quantity if influx is None or not is_derived(quantity) else replace(quantity, rate=influx)

    return replace(system, quantities=tuple(joined(each) for each in system.quantities if each.name not in alone))


def is_derived(quantity: Quantity) -> bool:
    """A concentration whose rate the author has left to the compiler."""
    derived = quantity.rate is not None and bool(quantity.rate.origin)
    return derived and quantity.kind is Kind.STATE and quantity.is_booked


def read_elsewhere(system: System) -> set[str]:
    """The names in all equations but the derived balances."""
    own = {id(quantity.rate) for quantity in system.printed if is_derived(quantity)}
    formulas = (formula for quantity in system.printed for formula in quantity.formulas if id(formula) not in own)
    return {node.text for formula in formulas for node in walk(formula.expanded) if isinstance(node, Name)}


def concentration(store: Store, formula: Formula) -> Expression:
    """Amount over size."""
    return binary("/", name(store.amount, formula.span), name(store.size, formula.span))


def in_words(origin: str, system: System) -> str:
    """`booked on Na.i` stands beside the symbol of just that."""
    reacts = any(network.keyword == "reaction" for network in system.networks)
    booked = re.sub(r"^(booked on|balance of) \S+$", WITH_REACTIONS if reacts else BOOKED, origin)
    return re.sub(r"^reactions of \S+$", "reactions", booked)


def notes(printer: Printer) -> str:
    """Explains the symbols of amounts and of what is booked, by the first of each."""
    return " ".join(filter(None, (of_amounts(printer), of_influx(printer))))


def of_amounts(printer: Printer) -> str:
    store = next((each.store for each in printer.system.quantities if each.store is not None), None)
    if store is None:
        return ""
    what = pool(store.amount.removesuffix(".amount"), printer)
    area = " per area of the membrane" if store.size.endswith(".depth") else ""
    symbol = printer.symbol(store.amount).tex
    return f"Where the size of a space moves, amounts are integrated: ${symbol}$ is that of {what}{area}."


def of_influx(printer: Printer) -> str:
    found = next((each.name for each in printer.system.quantities if each.name.endswith(".influx")), None)
    if found is None:
        return ""
    what = pool(found.removesuffix(".influx"), printer)
    return f"${printer.symbol(found).tex}$ is all that currents and fluxes carry to {what}, as concentration per time."


def pool(quantity: str, printer: Printer) -> str:
    ion, _, space = quantity.rpartition(".")
    if ion not in ion_symbols(printer.system):
        return f"${printer.symbol(quantity).tex}$"
    *cell, _ = ion.split(".")
    return f"${ion_symbols(printer.system)[ion]}$ in ${below('.'.join((*cell, space)))}$"
