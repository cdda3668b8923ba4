"""How to cure an operand that does not fit; text that works when it is typed as it stands."""

from __future__ import annotations

from iondsl.inference.bare import Misfit
from iondsl.inference.mend import number
from iondsl.syntax import Call, Compare, Conditional, Convert, Expression, Logic, Name, Number, Prime
from iondsl.units import ONE, Unit, UnitError, read_unit, same_dimension

LONGEST_QUOTE = 40

# What people forget to multiply or divide by.
FORGOTTEN = {
    "an area": read_unit("m^2"),
    "a volume": read_unit("m^3"),
    "a length": read_unit("m"),
    "a time": read_unit("s"),
    "a voltage": read_unit("V"),
    "a concentration": read_unit("mM"),
    "a capacitance": read_unit("F"),
    "a specific capacitance": read_unit("F/m^2"),
    "a valence times F": read_unit("C/mol"),
}


def cure(node: Expression, problem: Misfit) -> str:
    """For an operand that is to be in another unit."""
    found, expected, shown = problem.found, problem.expected, quoted(node)
    if problem.factor is not None and expected == ONE:
        return f"it is {number(problem.factor)} times a pure number: give both units in one scale"
    if problem.factor is not None:
        shown = bracketed_if_loose(node, shown)
        how = f"write `({shown} in [{expected}])`" if shown else f"put `in [{expected}]` behind it, in parentheses"
        return f"{how}, which multiplies by {number(problem.factor)}"
    if expected == ONE:
        return f"divide it by `1 [{found}]`, or by a quantity of that unit"
    if found == ONE and isinstance(node, Number):
        return f"write `{node.text} [{expected}]`"
    if found == ONE:
        return f"give it a unit: `1 [{expected}] * {factor(node)}`"
    return forgotten(found, expected) or f"if it is meant so, `({shown or '...'} as [{expected}])` relabels it"


def forgotten(found: Unit, expected: Unit) -> str:
    """What is missing in a product, or too much."""
    try:
        missing, surplus = expected / found, found / expected
    except UnitError:
        return ""
    for what, unit in FORGOTTEN.items():
        if same_dimension(missing, unit):
            return f"{what} is missing as a factor"
        if same_dimension(surplus, unit):
            return f"it is to be divided by {what}"
    return ""


def bracketed_if_loose(node: Expression, shown: str) -> str:
    """In parentheses where it binds as loosely as `in`, or looser."""
    return f"({shown})" if shown and isinstance(node, Conditional | Convert | Compare | Logic) else shown


def factor(node: Expression) -> str:
    """The operand as it stands in a product."""
    shown = quoted(node)
    return shown if shown and isinstance(node, Name | Call | Prime) else f"({shown or '...'})"


def quoted(node: Expression) -> str:
    """The operand as its author wrote it, where it is short."""
    text = node.span.text
    return text if len(text) <= LONGEST_QUOTE and "\n" not in text else ""
