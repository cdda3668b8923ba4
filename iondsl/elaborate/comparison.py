"""A model beside its variants: what each restates, and every finding of all of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.system import Quantity, System

Findings = tuple[Diagnostic, ...]
Read = Callable[[str], tuple[System, Findings]]


def compared(read: Read) -> tuple[System, Findings]:
    """The model as it stands, with what its variants restate. `read` is one elaboration of it.

    What is wrong only in some variants says in which.
    """
    system, findings = read("")
    found: dict[Diagnostic, list[str]] = {}
    variants = []
    for variant in system.variants:
        chosen, of_variant = read(variant.name)
        for finding in dict.fromkeys(of_variant):
            found.setdefault(finding, []).append(variant.name)
        events = tuple(event for event in chosen.events if any(formula.variant for formula in event.formulas))
        variants.append(replace(variant, restated=tuple(restated(chosen, system)), events=events))
    known = set(findings)
    more = (told(finding, names, system) for finding, names in found.items() if finding not in known)
    return replace(system, variants=tuple(variants)), (*findings, *more)


def restated(chosen: System, system: System) -> Iterator[Quantity]:
    """What a variant restates, and what it alone has; a state of `initial(...)` is seen where it is used."""
    known = {quantity.name for quantity in system.quantities}
    for quantity in chosen.quantities:
        differs = any(formula.variant for formula in quantity.formulas) or quantity.name not in known
        if differs and not quantity.is_start:
            yield quantity


def told(finding: Diagnostic, names: Iterable[str], system: System) -> Diagnostic:
    """A finding that says which variants it is about, unless it stands in them."""
    blocks = {variant.name: variant for variant in system.variants}
    if any(encloses(blocks[name].span, finding.span) for name in names):
        return finding
    listed = " and ".join(f"`{name}`" for name in names)
    plural = "" if len(tuple(names)) == 1 else "s"
    return replace(finding, message=f"{finding.message} (in the variant{plural} {listed})")


def encloses(stretch: Span, span: Span | None) -> bool:
    """Whether a place stands in a stretch of its file."""
    return span is not None and span.source is stretch.source and stretch.start <= span.start <= stretch.end
