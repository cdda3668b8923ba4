"""The lines of a block → drafts: parameters, inputs, states with their `x' =`, derived quantities."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate import conserved, gates, ions, markov, pools, temperature
from iondsl.elaborate.draft import Draft, Side, in_unit, is_literal, stated_unit, unit_behind
from iondsl.elaborate.scope import TEMPERATURE, Report, Scope
from iondsl.errors import Diagnostic, line_of
from iondsl.syntax import OCCUPANCY, Convert, Definition, Derivative, Expression, UnitLiteral, wrong
from iondsl.system import Kind
from iondsl.units import ONE, Unit

KINDS = {
    "param": Kind.PARAMETER,
    "state": Kind.STATE,
    "input": Kind.INPUT,
    "stimulus": Kind.STIMULUS,
    "conserved": Kind.EQUATION,
}
# What an `x' =` may belong to.
DERIVED_IN_TIME = ("state", "conserved")

# In these blocks a literal member is a parameter without saying so.
LITERAL_IS_PARAMETER = ("membrane", "ion", "space")


def drafts(scope: Scope, clock: Unit, time: Unit, report: Report) -> Iterator[Draft]:
    """One draft for every line that declares a number. Its block counts time in `clock`, the model in `time`."""
    for member, definition in scope.members.items():
        if definition.keyword == OCCUPANCY:
            continue  # `markov` derives all that there is of it
        if member == TEMPERATURE and scope.parent is None:
            yield temperature.draft(definition, scope, report)
        else:
            yield draft(scope, member, definition, clock, time, report)
    for name, derivative in scope.derivatives.items():
        line = scope.members.get(name)
        if not scope.excuses(name) and (line is None or line.keyword not in DERIVED_IN_TIME):
            report(no_state(scope, name, derivative))


def no_state(scope: Scope, name: str, derivative: Derivative) -> Diagnostic:
    """E303 for an `x' =` without a state."""
    message = f"`{name}' =` stands here, but `{name}` is no state of this block"
    cure = f"declare it: `state {name} = ...`, or `conserved {name} = ...`"
    if name == "V" and scope.keyword != "membrane":
        cure = "write it in `membrane:`, beside `state V = ...`"
    elif name in scope.blocks and scope.blocks[name].keyword == "gate":
        message, cure = f"`{name}` is a gate: the compiler derives its equation", "leave this line out"
    elif name in scope.members and scope.members[name].keyword == OCCUPANCY:
        message = f"`{name}` is a state of a Markov scheme: the compiler derives its equation"
        cure = "leave this line out"
    elif name in scope.members:
        was = scope.members[name]
        cure = f"make it one in {line_of(was.span, derivative.span)}: `state {name} = ...`"
        if not was.keyword:
            cure += f", or state a law: `conserved {name} = ...`"
    return Diagnostic("E303", message, derivative.name.span, cure)


def draft(
    scope: Scope, member: str, definition: Definition, clock: Unit, time: Unit, report: Report
) -> Draft:
    kind = kind_of(scope, member, definition)
    block = scope.title
    unit = declared(member, definition, report)
    rate = rate_of(scope, member, clock, time, report) if kind is Kind.STATE else conserved.flux(scope, member)
    name = scope.quantity(member)
    spoilt = is_spoilt(scope, member, definition)
    if definition.value is None:
        if kind is Kind.STATE and member not in scope.reacting and not scope.excuses(member):
            report(no_value(scope, member))
        return Draft(name, kind, definition.span, None, rate, unit or ONE, definition.doc, block, spoilt)
    expression, origin = definition.value, ""
    if scope.keyword == "ion" and member == "z" and ions.valence(scope) is None:
        expression = wrong(expression.span)
    if scope.keyword == "gate":
        expression, origin = gates.with_phi(scope, member, expression)
    value = Side(expression, scope, origin)
    doc = definition.doc or main_doc(scope, member)
    assumed = gates.known_unit(scope, member, clock) if scope.keyword == "gate" else None
    if scope.keyword == "markov" and member in markov.rates(scope):
        assumed = ONE / clock
    order = definition.order
    return Draft(name, kind, definition.span, value, rate, unit, doc, block, spoilt, assumed, order=order)


def no_value(scope: Scope, member: str) -> Diagnostic:
    """E326 for a state that nothing gives a value at the start."""
    message, cure = f"the state `{member}` has no initial value", f"write `state {member} = ...`"
    if scope.keyword not in ("ion", "membrane", "space"):
        cure += "; only a plain state that a `reaction` names may begin at rest"
    return Diagnostic("E326", message, scope.members[member].span, cure)


def is_spoilt(scope: Scope, member: str, definition: Definition) -> bool:
    """Whether an error outside its expression was reported: a unit that is none, an equation that cannot be read."""
    derivative = scope.derivatives.get(member)
    units = (definition.unit, derivative.unit if derivative is not None else None)
    return member in scope.absent or any(unit is not None and unit.refused for unit in units)


def main_doc(scope: Scope, member: str) -> str:
    """A current's own text documents its `I`."""
    return scope.block.docs if member == scope.main and scope.block is not None else ""


def kind_of(scope: Scope, member: str, definition: Definition) -> Kind:
    if definition.keyword:
        return KINDS[definition.keyword]
    literal = scope.keyword in LITERAL_IS_PARAMETER and is_literal(definition.value)
    return Kind.PARAMETER if literal and member not in ions.STRUCTURAL else Kind.EQUATION


def declared(member: str, definition: Definition, report: Report) -> Unit | None:
    """The unit that a line states, left of `=` or behind its only number."""
    value = definition.value
    behind = unit_behind(value)
    given = None if behind is None or behind.refused else behind.unit
    if definition.unit is not None and not definition.unit.refused:
        left = definition.unit.unit
        if given is not None and given != left:
            cure = "state the unit once, behind the number"
            message = f"`{member}` is declared in [{left}], but its value is in [{given}]"
            report(Diagnostic("E402", message, definition.unit.span, cure))
        return left
    if given is not None:
        return given
    return ONE if definition.keyword and behind is None and is_literal(value) else None


def rate_of(scope: Scope, member: str, clock: Unit, time: Unit, report: Report) -> Side | None:
    derivative = scope.derivatives.get(member)
    if derivative is not None:
        return Side(in_units_of(scope.members[member], derivative, clock, time), scope)
    if pools.is_booked(scope, member):
        return pools.balance(scope, member)
    if member in scope.reacting:
        return None  # `balances` books what reactions make of it
    if not (scope.keyword == "membrane" and member == "V") and not scope.excuses(member):
        pools.no_balance(scope, member, report) if scope.keyword == "ion" else report(no_equation(scope, member))
    return None


def no_equation(scope: Scope, member: str) -> Diagnostic:
    """E303 for a state without its `x' =`."""
    span, cure = scope.members[member].name.span, f"write `{member}' = ...`"
    return Diagnostic("E303", f"the state `{member}` has no `{member}' =`", span, cure)


def in_units_of(state: Definition, derivative: Derivative, clock: Unit, time: Unit) -> Expression:
    """The right side of `x' [mM/s] =` in the unit of x over the model's unit of time."""
    own = stated_unit(state) or ONE
    literal = derivative.unit or UnitLiteral(own / clock, derivative.name.span)
    if literal.refused or literal.unit == own / time:
        return derivative.value
    span = derivative.value.span
    stated = Convert("=", derivative.value, literal, literal.span)
    return in_unit(stated, own / time, span)
