"""A residual as text: in the names of the model, common factors taken out, as one would write it as a stated flux."""

from __future__ import annotations

from functools import reduce

from iondsl.conservation.facts import Facts
from iondsl.conservation.powers import power
from iondsl.conservation.printing import factored
from iondsl.conservation.sums import Atom, Monomial, Sum, name, ordered, summed
from iondsl.constants import CONSTANTS
from iondsl.system import Quantity
from iondsl.units import ONE, Unit, UnitError, factor


def text_of(residual: Sum, law: Quantity, known: Facts) -> str:
    """The residual in the unit of the law over time; as in the language, conversions go without saying beside F."""
    return factored(in_language(in_concentrations(residual, known), law, known), known)


def in_concentrations(residual: Sum, known: Facts) -> Sum:
    """Amounts as concentration times size, which are the names that their author uses."""
    stores = [(each.name, each.store) for each in known.system.states if each.store is not None]
    products = {store.amount: name(concentration) * name(store.size) for concentration, store in stores}
    parts = []
    for monomial, coefficient in residual.terms.items():
        kept = ordered({atom: each for atom, each in monomial if atom.text not in products})
        amounts = [power(products[atom.text], each) for atom, each in monomial if atom.text in products]
        parts.append(reduce(lambda product, each: product * each, amounts, Sum({kept: coefficient})))
    return summed(parts)


def in_language(residual: Sum, law: Quantity, known: Facts) -> Sum:
    """Beside a constant, every term without its conversion factor: an equation of the author gets that by itself."""
    time = known.system.time.unit
    if law.unit is None or time is None or not any(atom.text in CONSTANTS for atom in residual.atoms):
        return residual
    try:
        goal = law.unit / time
        factors = {monomial: factor(unit_of(monomial, known), goal) for monomial in residual.terms}
    except (UnitError, KeyError):
        return residual
    return Sum({monomial: each / factors[monomial] for monomial, each in residual.terms.items()})


def unit_of(monomial: Monomial, known: Facts) -> Unit:
    """KeyError for what has no unit that is known."""
    product = ONE
    for atom, each in monomial:
        product = product * unit_of_atom(atom, known) ** each
    return product


def unit_of_atom(atom: Atom, known: Facts) -> Unit:
    if atom.text in known.quantities:
        unit = known.quantities[atom.text].unit
    elif atom.text.removesuffix("'") in known.quantities:
        own, time = known.quantities[atom.text.removesuffix("'")].unit, known.system.time.unit
        unit = None if own is None or time is None else own / time
    else:
        unit = ONE if atom.text == "pi" else CONSTANTS[atom.text].unit
    if unit is None:
        raise KeyError(atom.text)
    return unit
