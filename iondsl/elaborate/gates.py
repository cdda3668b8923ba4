"""`gate` → its differential equation, and `inf` and `tau` that are always readable and include `phi`."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.draft import Draft, Side, binary, name, number
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Block, Convert, Expression, Number, UnitLiteral
from iondsl.system import Gate, Kind
from iondsl.units import ONE, Unit

HOW_TO_GATE = "write `alpha` and `beta`, or `inf` and `tau`; with `tau = 0`, or with `inf` alone, it follows V at once"

RATES = frozenset({"alpha", "beta"})
STEADY = frozenset({"inf", "tau"})


@frozen
class Form:
    """Which of the forms of a gate is written: by rates or by `inf`, and whether it follows V at once."""

    by_rates: bool
    instantaneous: bool


def form_of(scope: Scope) -> Form | None:
    """None for a set of members that is no gate."""
    written = {member for member in (*RATES, *STEADY) if member in scope.members}
    zero_tau = is_zero(scope.members["tau"].value) if "tau" in written else False
    if written == RATES or (written == RATES | {"tau"} and zero_tau):
        return Form(by_rates=True, instantaneous=zero_tau)
    if written == {"inf"} or (written == STEADY and zero_tau):
        return Form(by_rates=False, instantaneous=True)
    if written >= STEADY and not zero_tau:
        return Form(by_rates=False, instantaneous=False)
    return None


def is_zero(expression: Expression | None) -> bool:
    return isinstance(expression, Number) and float(expression.text) == 0


def prepare(scope: Scope) -> None:
    """Announce the members that the compiler adds, before any name is looked up."""
    form = form_of(scope)
    if form is not None and form.by_rates:
        scope.derived |= {"inf"} if form.instantaneous else STEADY


def known_unit(scope: Scope, member: str, time: Unit) -> Unit | None:
    """What a member of a gate measures without being told: rates 1/time, `inf` and `phi` 1, `tau` time."""
    form = form_of(scope)
    if member in RATES and form is not None and form.by_rates:
        return ONE / time
    return {"inf": ONE, "phi": ONE, "tau": time}.get(member)


def with_phi(scope: Scope, member: str, expression: Expression) -> tuple[Expression, str]:
    """A derived `tau` is divided by `phi`; every other member stays as it is. With the origin."""
    if member != "tau" or "phi" not in scope.members or form_of(scope) != Form(False, False) or is_set(scope):
        return expression, ""
    return binary("/", expression, name("phi", expression.span)), "written, divided by `phi`"


def is_set(scope: Scope) -> bool:
    """Whether `tau` is a parameter or input: a run sets it as it is declared, so `phi` enters the equation instead."""
    return bool(scope.members["tau"].keyword)


def check(scope: Scope, report: Report) -> None:
    """E302: the members do not make a gate. E309: they make one that has no use for what is written."""
    block, form = scope.block, form_of(scope)
    if block is None:
        return
    if form is not None:
        if form.instantaneous:
            check_instantaneous(scope, block, report)
        return
    if not scope.excuses(*RATES, *STEADY):
        report(Diagnostic("E302", incomplete(scope, block.name), block.span, HOW_TO_GATE))
    scope.absent |= RATES | STEADY


def check_instantaneous(scope: Scope, block: Block, report: Report) -> None:
    """E309 for what a gate that follows V at once cannot have."""
    unused = [(block.value.span, "an initial value")] if block.value is not None else []
    if "phi" in scope.members:
        unused.append((scope.members["phi"].span, "a `phi`"))
    for span, what in unused:
        message = f"the gate `{block.name}` follows V at once, so that {what} has no effect"
        report(Diagnostic("E309", message, span, "leave it out, or write a `tau` other than 0"))


def incomplete(scope: Scope, gate: str) -> str:
    written = [member for member in (*RATES, *STEADY) if member in scope.members]
    shown = " and ".join(f"`{member}`" for member in sorted(written))
    if written == ["tau"] and is_zero(scope.members["tau"].value):
        return f"the gate `{gate}` has no `inf` that it could follow"
    if len(written) < 2:
        return f"the gate `{gate}` is not complete: it has {f'only {shown}' if shown else 'no equations'}"
    return f"the gate `{gate}` has {shown}, which make no gate"


def drafts(scope: Scope, time: Unit) -> Iterator[Draft]:
    """The quantities of a gate, but for its ordinary members."""
    form, block = form_of(scope), scope.block
    if form is None or block is None:
        return
    make = Maker(scope, block.span, time)
    yield from make.steady_state(form)
    gate = ".".join(scope.path)
    parent = ".".join(scope.path[:-1])
    if form.instantaneous:
        follows = make.derived(make.member("inf"), "instantaneous gate")
        yield Draft(gate, Kind.EQUATION, block.span, follows, unit=ONE, doc=block.docs, block=parent)
        return
    start = make.derived(make.member("inf"), "steady state")
    if block.value is not None and scope.parent is not None:
        start = Side(block.value, scope.parent)
    rate = make.derived(make.rate(form), "gate equation")
    yield Draft(gate, Kind.STATE, block.span, start, rate, ONE, block.docs, parent)


@frozen
class Maker:
    """Builds the derived equations of one gate, `phi (alpha (1 - x) - beta x)` or `(inf - x)/tau`, `tau` with `phi`."""

    scope: Scope
    span: Span
    time: Unit

    def member(self, member: str) -> Expression:
        """A member in the unit that the derived equations are in; `inf` and `phi` are numbers anyway."""
        full = self.scope.quantity(member)
        if member not in (*RATES, "tau"):
            return name(full, self.span)
        written = self.scope.members.get(member)
        reference = name(full, self.span if written is None else written.span)  # what a wrong unit is blamed on
        expected = self.time if member == "tau" else ONE / self.time
        return Convert("in", reference, UnitLiteral(expected, self.span), self.span)

    def derived(self, expression: Expression, origin: str) -> Side:
        return Side(expression, self.scope.root, origin)

    def times_phi(self, expression: Expression) -> Expression:
        return binary("*", self.member("phi"), expression) if "phi" in self.scope.members else expression

    def rate(self, form: Form) -> Expression:
        x = name(".".join(self.scope.path), self.span)
        if not form.by_rates:
            distance = binary("-", self.member("inf"), x)
            return binary("/", self.times_phi(distance) if is_set(self.scope) else distance, self.member("tau"))
        opening = binary("*", self.member("alpha"), binary("-", number("1", self.span), x))
        return self.times_phi(binary("-", opening, binary("*", self.member("beta"), x)))

    def steady_state(self, form: Form) -> Iterator[Draft]:
        """`inf` and `tau` of a gate that is written by its rates."""
        if not form.by_rates:
            return
        gate = ".".join(self.scope.path)
        both = binary("+", self.member("alpha"), self.member("beta"))
        origin = "from `alpha` and `beta`"
        inf = self.derived(binary("/", self.member("alpha"), both), origin)
        yield Draft(f"{gate}.inf", Kind.EQUATION, self.span, inf, unit=ONE, block=gate)
        if not form.instantaneous:
            tau = self.derived(binary("/", number("1", self.span), self.times_phi(both)), origin)
            yield Draft(f"{gate}.tau", Kind.EQUATION, self.span, tau, unit=self.time, block=gate)


def record(scope: Scope) -> Gate | None:
    form, block = form_of(scope), scope.block
    if form is None or block is None:
        return None
    return Gate(".".join(scope.path), form.instantaneous, block.span, block.docs)
