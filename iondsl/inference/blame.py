"""What to say of an operand that does not fit."""

from __future__ import annotations

from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.inference.bare import Misfit
from iondsl.inference.cure import cure
from iondsl.syntax import Convert, Expression, Name
from iondsl.units import ONE, Unit

# What an operand is held against, by where it stands.
AGAINST = {
    "sum": "the rest of the sum",
    "branch": "the other branch",
    "comparison": "the other side",
}


@frozen
class Context:
    """Where an operand stands: `kind` is one of the below; `name` is a function's, or what an equation defines.

    `measured` says what the operand is in, where its unit alone would not.
    """

    kind: str
    name: str = ""
    measured: str = ""


def misfit(node: Expression, problem: Misfit, context: Context) -> Diagnostic:
    """E402: two units that must agree do not."""
    return Diagnostic("E402", message(problem, context), node.span, cure_for(node, problem, context))


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


def cure_for(node: Expression, problem: Misfit, context: Context) -> str:
    if problem.factor is None and context.kind == "base":
        return f"divide by what it is compared with, as in `(x / K)^n`, or by `1 [{problem.found}]`"
    if problem.factor is None and context.measured:
        return "give both one unit"
    return cure(node, problem)


def no_conversion(node: Expression, found: Unit, target: Unit) -> Diagnostic:
    """E402 for `in` between dimensions."""
    if found == ONE:
        message = f"a number without a unit cannot be converted to [{target}]"
        return Diagnostic("E402", message, node.span, f"give it a unit, such as [{target}]")
    return Diagnostic("E402", f"[{found}] cannot be converted to [{target}]", node.span)


def no_port(node: Convert, found: Unit) -> Diagnostic:
    """E377 for what a part reads from outside, and counts in another dimension."""
    library, line = node.unit.span.source.name, node.unit.span.line
    what = f"`{node.operand.text}`" if isinstance(node.operand, Name) else f"what `{node.span.text}` is bound to"
    message = f"{what} is in {bracketed(found)}, and `{library}` counts it in {bracketed(node.unit.unit)} (line {line})"
    cure = f"bind another number below the `use`: `{node.span.text} = ...`"
    is_bound = node.operand.span.via is None  # written where the `use` stands
    return Diagnostic("E377", message, node.operand.span if is_bound else node.span.user or node.span, cure)


def bracketed(unit: Unit) -> str:
    return "[1]" if unit == ONE else f"[{unit}]"
