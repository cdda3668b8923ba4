"""The physical functions as papers print them: the equation itself, over the concentrations of the ions named."""

from __future__ import annotations

from collections.abc import Iterable

from iondsl.constants import CONSTANTS
from iondsl.elaborate.draft import binary, name, number
from iondsl.elaborate.physics.arguments import OF_A_SPACE
from iondsl.elaborate.physics.equations import marked, outline, parsed
from iondsl.elaborate.physics.mixtures import POWERS
from iondsl.elaborate.physics.whole_numbers import literal, product, total
from iondsl.laws import LAWS
from iondsl.source import Span
from iondsl.syntax import Call, Convert, Expression, Name
from iondsl.system import Ion, System
from iondsl.traversal import rewrite, walk

# Where the equation that is computed is not the one that is printed: it avoids 0/0, or differences of large numbers.
PRINTED = {
    "ghk_current": "z^2 * P * V * F^2 / (R * T)"
    " * (i - o * exp(-z * V * F / (R * T))) / (1 - exp(-z * V * F / (R * T)))",
    "donnan": "-R * T / F * log((sqrt(impermeant^2 + 4 * salt^2) - impermeant) / (2 * salt))",
}

Arguments = tuple[Expression, ...]


def law(node: Call, given: Arguments, system: System, potential: str) -> Expression:
    """What a call stands for; `potential` is the V that is seen where it stands."""
    function = node.function.text
    if function in OF_A_SPACE:
        return over_space(function, given[0], system, node.span)
    if function == "ghk_voltage":
        above, below = sums(given, system, node.span)
        return stated(node, {"above": above, "below": below})
    names = LAWS[function].signature.arguments
    return stated(node, dict(zip(names, of_ion(node, given, system, potential), strict=True)))


def stated(node: Call, given: dict[str, Expression]) -> Expression:
    """The equation over its arguments, without the conversions of what is computed."""
    values = marked(given)

    def change(each: Expression) -> Expression:
        if isinstance(each, Convert):
            return each.operand
        return values.get(each.text, each) if isinstance(each, Name) else each

    text = PRINTED.get(node.function.text, LAWS[node.function.text].computed)
    return rewrite(outline(text, given, node.span, name("T", node.span)), change)


def constants_of(called: Iterable[str]) -> set[str]:
    """The constants that are printed for these functions."""
    texts = [PRINTED.get(each, LAWS[each].computed) for each in called if each in LAWS]
    names = {node.text for text in texts if text for node in walk(parsed(text)) if isinstance(node, Name)}
    return names & CONSTANTS.keys()


def of_ion(node: Call, given: Arguments, system: System, potential: str) -> Arguments:
    """The arguments, with the valence and the concentrations of an ion that is named in their place; and V."""
    forms = {("nernst", 1): (), ("ghk_current", 2): (name(potential, node.span),)}
    behind = forms.get((node.function.text, len(given)))
    if behind is None or not isinstance(given[-1], Name):
        return given
    ion = ion_named(given[-1], system)
    inside, outside = (name(concentration(ion, space), node.span) for space in ("i", "o"))
    return (*given[:-1], literal(ion.valence or 0, node.span), inside, outside, *behind)


def sums(given: Arguments, system: System, span: Span) -> tuple[Expression, Expression]:
    """Permeability times concentration, above and below the line of the constant-field equation."""
    terms: tuple[list[Expression], list[Expression]] = ([], [])
    for permeability, argument in zip(given[::2], given[1::2], strict=True):
        ion = ion_named(argument, system)
        spaces = ("o", "i") if (ion.valence or 0) > 0 else ("i", "o")
        for side, space in zip(terms, spaces, strict=True):
            side.append(product(binary("*", permeability, name(concentration(ion, space), span))))
    return total(terms[0]), total(terms[1])


def over_space(function: str, space: Expression, system: System, span: Span) -> Expression:
    """The sum over all ions with a concentration in the space; of amounts, where those are integrated."""
    where = space.text if isinstance(space, Name) else ""
    found = [
        (literal((ion.valence or 0) ** POWERS[function], span), each.quantity)
        for ion in ions_seen(where.rpartition(".")[0], system)
        for each in ion.concentrations
        if each.space == where.rpartition(".")[2] and (ion.valence or function == "osmoles")
    ]
    stored = {each.name: each.store.amount for each in system.quantities if each.store is not None}
    if not found:
        return number("0", span)
    if function != "ionic_strength" and any(each in stored for _, each in found):
        return total([product(binary("*", count, amount(each, where, stored, system, span))) for count, each in found])
    terms = total([product(binary("*", count, name(each, span))) for count, each in found])
    other = number("2", span) if function == "ionic_strength" else name(size_of(where, system), span)
    return binary("/" if function == "ionic_strength" else "*", terms, other)


def amount(pool: str, space: str, stored: dict[str, str], system: System, span: Span) -> Expression:
    """What is integrated, or concentration times size."""
    if pool in stored:
        return name(stored[pool], span)
    return binary("*", name(pool, span), name(size_of(space, system), span))


def ions_seen(cell: str, system: System) -> Iterable[Ion]:
    """Those of the model, unless the compartment refines them, and its own."""
    own = (ion for ion in system.ions if cell and ion.name.startswith(f"{cell}."))
    seen = {ion.name: ion for ion in system.ions if "." not in ion.name}
    return (seen | {ion.name.rpartition(".")[2]: ion for ion in own}).values()


def size_of(space: str, system: System) -> str:
    """The size of a compartment's own space, or of the one that it shares."""
    sizes = {each.name: each.size for each in system.spaces if each.size is not None}
    return sizes[space] if space in sizes else sizes[space.rpartition(".")[2]]


def concentration(ion: Ion, space: str) -> str:
    return next(each.quantity for each in ion.concentrations if each.space == space)


def ion_named(argument: Expression, system: System) -> Ion:
    return next(ion for ion in system.ions if isinstance(argument, Name) and ion.name == argument.text)
