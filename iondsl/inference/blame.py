"""What to say of an operand that does not fit, and how to cure it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from iondsl.errors import Diagnostic
from iondsl.inference.bare import Misfit
from iondsl.inference.mend import digits
from iondsl.syntax import Call, Compare, Conditional, Convert, Expression, Logic, Name, Number, Prime
from iondsl.units import ONE, Unit

LONGEST_QUOTE = 40

# What an operand is held against, by where it stands.
AGAINST = {
    "sum": "the rest of the sum",
    "branch": "the other branch",
    "comparison": "the other side",
}


@dataclass(frozen=True, slots=True)
class Context:
    """Where an operand stands: `kind` is one of the below; `name` is a function's, or what an equation defines.

    `measured` says what the operand is in, where its unit alone would not.
    """

    kind: str
    name: str = ""
    measured: str = ""


def misfit(node: Expression, problem: Misfit, context: Context) -> Diagnostic:
    """E402: two units that must agree do not."""
    return Diagnostic("E402", message(problem, context), node.span, cure(node, problem, context))


def message(problem: Misfit, context: Context) -> str:
    found, expected = bracketed(problem.found), bracketed(problem.expected)
    match context.kind:
        case "argument":
            return f"the argument of `{context.name}` is {context.measured or f'in {found}'}; it must be a pure number"
        case "exponent":
            return f"an exponent must be a pure number, and this is in {found}"
        case "base":
            return f"only a literal exponent lets the base carry a unit, and this is in {found}"
        case "arguments":
            return f"this is in {found}, but the other arguments of `{context.name}` are in {expected}"
        case "stated":
            return f"this is stated in {expected}, but its value is in {found}"
        case "result":
            return f"`{context.name}` is in {expected}, but its value is in {found}"
    return f"this is in {found}, but {AGAINST[context.kind]} is in {expected}"


def cure(node: Expression, problem: Misfit, context: Context) -> str:
    found, expected = problem.found, problem.expected
    shown = quoted(node)
    if problem.factor is not None and expected == ONE:
        return f"it is {number(problem.factor)} times a pure number: give both units in one scale"
    if problem.factor is not None:
        shown = bracketed_if_loose(node, shown)
        how = f"write `({shown} in [{expected}])`" if shown else f"put `in [{expected}]` behind it, in parentheses"
        return f"{how}, which multiplies by {number(problem.factor)}"
    if context.kind == "base":
        return f"divide by what it is compared with, as in `(x / K)^n`, or by `1 [{found}]`"
    if context.measured:
        return "give both one unit"
    if expected == ONE:
        return f"divide it by `1 [{found}]`, or by a quantity of that unit"
    if found == ONE and isinstance(node, Number):
        return f"write `{node.text} [{expected}]`"
    if found == ONE:
        return f"give it a unit: `1 [{expected}] * {factor(node)}`"
    return f"if it is meant so, `({shown or '...'} as [{expected}])` relabels it"


def no_conversion(node: Expression, found: Unit, target: Unit) -> Diagnostic:
    """E402 for `in` between dimensions."""
    if found == ONE:
        message = f"a number without a unit cannot be converted to [{target}]"
        return Diagnostic("E402", message, node.span, f"give it a unit, such as [{target}]")
    return Diagnostic("E402", f"[{found}] cannot be converted to [{target}]", node.span)


def bracketed(unit: Unit) -> str:
    return "[1]" if unit == ONE else f"[{unit}]"


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


def number(value: Fraction) -> str:
    """A factor in words: `1000`, `1e7`, `1e-3`, `1/60`."""
    below = str(value.denominator)
    if value.numerator == 1 and len(below) > 1 and below == "1" + "0" * (len(below) - 1):
        return f"1e-{len(below) - 1}"
    return digits(value.numerator) if value.denominator == 1 else str(value)
