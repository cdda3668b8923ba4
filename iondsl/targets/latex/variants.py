"""What variants restate: values for columns of the tables, and equations of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iondsl.system import Formula, Kind, Quantity, System, Variant
from iondsl.targets.latex.equations import Equation, equations
from iondsl.targets.latex.printer import Printer
from iondsl.targets.latex.text import escape

TABULATED = (Kind.PARAMETER, Kind.STATE, Kind.INPUT, Kind.STIMULUS)


def restated_in(system: System, names: set[str]) -> dict[str, dict[str, Quantity]]:
    """By variant, then by name, the quantities with these names whose value it restates."""
    found = {variant.name: dict(values(variant, names)) for variant in system.variants}
    return {variant: rows for variant, rows in found.items() if rows}


def values(variant: Variant, names: set[str]) -> Iterator[tuple[str, Quantity]]:
    for quantity in variant.restated:
        if quantity.name in names and quantity.kind in TABULATED and restates(quantity.value):
            yield quantity.name, quantity


def restates(formula: Formula | None) -> bool:
    return formula is not None and bool(formula.variant)


def label(variant: str, name: str) -> str:
    """The label of an equation, which the model may have, too."""
    return f"{variant}:{name}" if variant else name


def of_variant(variant: Variant, printer: Printer) -> tuple[Equation, ...]:
    """The equations that it restates, and those of quantities that it alone has."""
    known = {quantity.name for quantity in printer.system.quantities}
    found = []
    for quantity in variant.restated:
        own = only_restated(quantity) if quantity.name in known else quantity
        found += [replace(each, label=label(variant.name, each.label)) for each in equations(own, printer)]
    return tuple(found)


def only_restated(quantity: Quantity) -> Quantity:
    value, rate, follows = (
        formula if restates(formula) else None for formula in (quantity.value, quantity.rate, quantity.follows)
    )
    return replace(quantity, value=value, rate=rate, follows=follows)


def sentence(system: System) -> str:
    """What a reader must know of the variants, where the document is not about one of them."""
    if system.variant or not system.variants:
        return ""
    pairs = [(escape(each.name), escape(each.doc).removesuffix(".")) for each in system.variants]
    listed = ", ".join(f"{name} ({doc})" if doc else name for name, doc in pairs)
    return f"Variants: {listed}. Their columns and sections hold what differs from the model as it stands."
