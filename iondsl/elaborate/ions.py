"""`ion` → its valence, concentrations and reversal potential; with `i` and `o` and no `E`, E = nernst(ion)."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate import spaces
from iondsl.elaborate.draft import Draft, Side, call, name
from iondsl.elaborate.scope import TEMPERATURE, Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.source import Span
from iondsl.syntax import Block, Definition, Expression, Number, Unary
from iondsl.system import Concentration, Ion, Kind
from iondsl.units import read_unit

MILLIVOLT = read_unit("mV")
SPACES = ("i", "o")
STRUCTURAL = ("z",)


def prepare(scope: Scope) -> None:
    """Announce the `E` that the compiler adds, before any name is looked up."""
    known = all(scope.holder(member) is not None for member in ("z", *SPACES))
    own = any(scope.declares(member) for member in SPACES)
    if known and own and not scope.declares("E") and scope.root.declares("T") and valence(scope) != 0:
        scope.derived.add("E")


def check(scope: Scope, report: Report) -> None:
    """E304 for a `z` that is missing or no whole number."""
    block = scope.block
    if block is None:
        return
    if scope.home is not scope.root:
        check_refined(scope, block, report)
    if scope.lacks("z"):
        outside = [] if scope.home is scope.root else [each.path[-1] for each in scope.root.ions()]
        cure = suggestion(block.name, outside) or "write `z = +1`, or `z = 0` for a neutral species"
        report(Diagnostic("E304", f"the ion `{block.name}` has no `z`", block.span, cure))
    elif "z" in scope.members and valence(scope) is None:
        report(no_valence(scope.members["z"]))
    if scope.excuses("z", *SPACES) or scope.root.excuses("T", TEMPERATURE) or valence(scope) is None:
        scope.absent.add("E")


def check_refined(scope: Scope, block: Block, report: Report) -> None:
    """E330 for another `z` than that of the ion outside, E331 where what is outside is no ion."""
    name, outside, z = block.name, scope.root.blocks.get(block.name), scope.members.get("z")
    if outside is not None and outside.block is not None and outside.keyword != "ion":
        message = f"the model's `{name}` is a `{outside.keyword}`, not an ion that `{scope.cell}` could refine"
        report(Diagnostic("E331", message, block.span, "give one of the two another name"))
        scope.absent.add("z")
    if outside is None or outside.keyword != "ion" or z is None:
        return
    own, other = valence(scope), valence(outside)
    if own is not None and other is not None and own != other:
        message = f"`{name}` has z = {other:+d} outside: a compartment refines an ion, it makes no other"
        report(Diagnostic("E330", message, z.span, "leave this line out, or give the ion another name"))


def no_valence(definition: Definition) -> Diagnostic:
    """E304 for a `z` that a run could set, or that is no whole number; the cure keeps its sign."""
    number = whole(definition.value)
    if definition.keyword and number is not None:
        message = f"`z` is a fixed number, no `{definition.keyword}`"
        return Diagnostic("E304", message, definition.span, f"write `z = {number:+d}`")
    value = definition.value
    sign = "-" if isinstance(value, Unary) and value.operator == "-" else "+"
    return Diagnostic("E304", "`z` is not a whole number", definition.span, f"write `z = {sign}1` or `z = {sign}2`")


def valence(scope: Scope) -> int | None:
    """None for what is no whole number, or not fixed."""
    holder = scope.holder("z")
    definition = None if holder is None else holder.members.get("z")
    return None if definition is None or definition.keyword else whole(definition.value)


def whole(expression: Expression | None) -> int | None:
    match expression:
        case Number(unit=None) if expression.text.isdigit():
            return int(expression.text)
        case Unary():
            value = whole(expression.operand)
            return None if value is None else (-value if expression.operator == "-" else value)
    return None


def drafts(scope: Scope) -> Iterator[Draft]:
    """The Nernst potential, where it is derived."""
    if "E" in scope.derived and scope.block is not None:
        span = scope.block.span
        ion = ".".join(scope.path)
        potential = Side(call("nernst", (name(ion, span),), span), scope.root, "Nernst potential")
        doc = f"Nernst potential of {ion}"
        yield Draft(scope.quantity("E"), Kind.EQUATION, span, potential, unit=MILLIVOLT, doc=doc, block=ion)


def unknown_ion(ion: str, span: Span, scope: Scope) -> Diagnostic:
    known = [each.path[-1] for each in scope.ions()]
    cure = suggestion(ion, known) or f"declare it: `ion {ion}:` with its `z`"
    return Diagnostic("E307", f"unknown ion `{ion}`", span, cure)


def record(scope: Scope) -> Ion | None:
    if scope.block is None:
        return None
    name, potential = ".".join(scope.path), scope.holder("E")
    reversal = None if potential is None else potential.quantity("E")
    return Ion(name, valence(scope), reversal, tuple(concentrations(scope)), scope.block.span, scope.block.docs)


def concentrations(scope: Scope) -> Iterator[Concentration]:
    """Its own, then those of the ion that it refines."""
    known, refined = spaces.known(scope), scope.refined
    members = (*scope.members, *(refined.members if refined is not None else ()))
    for member in dict.fromkeys(members):
        holder = scope.holder(member)
        if member in known and holder is not None:
            yield Concentration(member, holder.quantity(member))
