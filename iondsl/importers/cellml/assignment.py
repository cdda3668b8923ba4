"""Equations → what each variable is. Equations have no direction: each defines one side that nothing else does."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from iondsl.immutable import frozen
from iondsl.importers.cellml.connections import Sources
from iondsl.importers.cellml.equations import Equation, Unknown
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.instances import Declared
from iondsl.importers.xml import Element

WRITE = "write it as `x = ...` or as `dx/dt = ...`"


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """The unknown of an equation, and the other side."""

    equation: Equation
    unknown: Unknown
    right: Element


@frozen
class Definitions:
    """By the variables' sources: their values, and their derivatives."""

    values: dict[Declared, Definition]
    rates: dict[Declared, Definition]


def assigned(found: Iterable[Equation], sources: Sources, findings: Findings) -> Definitions:
    """E648 for an equation of which neither side is a variable, E649 for one that defines what is defined already."""
    definitions = Definitions({}, {})
    constants = {source for each, source in sources.items() if each.element.get("initial_value") is not None}
    ambiguous = []
    for equation in found:
        unknowns = equation.unknowns
        if len(unknowns) == 2:
            ambiguous.append(equation)
        elif unknowns:
            define(equation, definitions, sources, constants, findings)
        elif both_known(equation):
            findings.add("E648", "an equation of which neither side is a variable", equation.element.span, WRITE)
    for equation in ambiguous:
        define(equation, definitions, sources, constants, findings)
    return definitions


def both_known(equation: Equation) -> bool:
    """Whether nothing is missing: a name that means nothing is said elsewhere."""
    names = (each.text for side in (equation.left, equation.right) for each in side.walk() if each.name == "ci")
    return all(name in equation.instance.variables for name in names)


def define(
    equation: Equation, definitions: Definitions, sources: Sources, constants: Collection[Declared], findings: Findings
) -> None:
    """The left side if that is open, else the right one. What has an initial value is a state or a constant."""
    for unknown, right in equation.unknowns:
        table = definitions.values if unknown.by is None else definitions.rates
        source = sources[unknown.variable]
        known = source in table or (unknown.by is None and (source in definitions.rates or source in constants))
        if not known:
            table[source] = Definition(equation, unknown, right)
            return
    unknown = equation.unknowns[0][0]
    source = sources[unknown.variable]
    table = definitions.values if unknown.by is None else definitions.rates
    what = f"`{source.text}`" if unknown.by is None else f"the derivative of `{source.text}`"
    first = f", first in line {table[source].equation.element.span.line}" if source in table else ""
    cure = "delete one of the equations" if first else "delete its initial value, or this equation"
    findings.add("E649", f"{what} is defined twice{first}", unknown.element.span, cure)
