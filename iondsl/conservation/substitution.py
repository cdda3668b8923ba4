"""A definition in the place of a name, in a sum and in the functions in it."""

from __future__ import annotations

from iondsl.conservation.normal import applied, combined
from iondsl.conservation.powers import power
from iondsl.conservation.sums import Atom, Exponent, Sum, ordered, summed


def substituted(base: Sum, text: str, meaning: Sum) -> Sum:
    """The sum with `meaning` for the name `text`. Conditions stay as they are."""
    new = {atom: replaced(atom, text, meaning) for atom in base.atoms if text in names_of(atom)}
    if not new:
        return base
    parts = []
    powers: dict[tuple[Atom, Exponent], Sum] = {}
    for monomial, coefficient in base.terms.items():
        product = Sum({tuple(each for each in monomial if each[0] not in new): coefficient})
        for factor in monomial:
            atom, exponent = factor
            if atom in new:
                if factor not in powers:
                    powers[factor] = raised(new[atom], exponent)
                product = product * powers[factor]
        parts.append(product)
    return summed(parts)


def names_of(atom: Atom) -> set[str]:
    if atom.function == "opaque":
        return set()
    return {name for each in atom.arguments for name in each.names()} if atom.function else {atom.text}


def replaced(atom: Atom, text: str, meaning: Sum) -> Sum:
    if not atom.function:
        return meaning
    arguments = [substituted(each, text, meaning) for each in atom.arguments]
    if atom.is_sum:
        return arguments[0]
    return combined("^", *arguments) if atom.function == "^" else applied(atom.function, *arguments)


def raised(base: Sum, exponent: Exponent) -> Sum:
    """A power of what an atom became. That of an exponential may be any, and is taken in its exponent."""
    if exponent == 1:
        return base
    if len(base.terms) == 1:
        ((monomial, coefficient),) = base.terms.items()
        if coefficient == 1 and all(atom.function == "exp" for atom, _ in monomial):
            return Sum({ordered({atom: each * exponent for atom, each in monomial}): coefficient})
    return power(base, exponent)
