"""`markov` → a quantity for every rate of its transitions, and the differential equations of its states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iondsl.elaborate import balance
from iondsl.elaborate.balance import Line, is_balance
from iondsl.elaborate.draft import Draft, Side, binary, name, negative, number, total
from iondsl.elaborate.lines import MAX_STATES, crowd, problem
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, suggestion
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import OCCUPANCY, Binary, Definition, Eliminate, Expression, Name, Number
from iondsl.syntax import Transition as Arrow
from iondsl.system import Kind, Network, Participant, Transition
from iondsl.units import ONE, Unit

ORIGIN = "Markov scheme"


def states(scope: Scope) -> dict[str, Definition]:
    """The states of a scheme, as they were declared."""
    return {each: line for each, line in scope.members.items() if line.keyword == OCCUPANCY}


def lines(scope: Scope) -> tuple[Line, ...]:
    """The transitions in which nothing is wrong. Their rates are called `C->O`, a second one of this name `C->O:2`."""
    known, taken, found = tuple(states(scope)), Counter[str](), []
    for written in () if too_large(scope) is not None else scope.transitions:
        if problem(written, known) is not None:
            continue
        start, end = written.left[0].species.text, written.right[0].species.text
        forward = counted(f"{start}->{end}", taken)
        backward = counted(f"{end}->{start}", taken) if written.reversible else None
        found.append(Line(written, start, end, forward, backward))
    return tuple(found)


def too_large(scope: Scope) -> Diagnostic | None:
    return crowd([line.span for line in states(scope).values()], scope.transitions)


def rates(scope: Scope) -> set[str]:
    """The members that are rates of transitions, alone or with numbers as factors: without a unit, in 1/time."""
    found = (multiplied(rate) for line in scope.transitions for rate in line.rates)
    return {node.path[0] for node in found if isinstance(node, Name) and len(node.path) == 1}


def multiplied(rate: Expression) -> Expression:
    """What is multiplied by numbers alone: `a` in `3 * a` and `a / 2`."""
    while isinstance(rate, Binary) and rate.operator in "*/":
        if isinstance(rate.right, Number):
            rate = rate.left
        elif isinstance(rate.left, Number) and rate.operator == "*":
            rate = rate.right
        else:
            break
    return rate


def counted(arrow: str, taken: Counter[str]) -> str:
    taken[arrow] += 1
    return arrow if taken[arrow] == 1 else f"{arrow}:{taken[arrow]}"


def prepare(scope: Scope) -> None:
    """Announce the rates, before any name is looked up."""
    scope.derived |= {rate for line in lines(scope) for rate in line.rates}


def check(scope: Scope, report: Report) -> None:
    """E320 to E322, E324: what is wrong with the states and the lines of a scheme."""
    if scope.block is None:
        return
    name, known = scope.block.name, tuple(states(scope))
    if len(known) < 2 and not scope.absent:
        has = "only one state" if known else "no states"
        report(Diagnostic("E320", f"the Markov scheme `{name}` has {has}", scope.block.span, "write `states C, O`"))
    elif not scope.transitions and not scope.absent:
        first, second = known[:2]
        cure = f"write `{first} <-> {second} : forward, backward`"
        report(Diagnostic("E320", f"the Markov scheme `{name}` has no transitions", scope.block.span, cure))
    large = too_large(scope)
    if large is not None:
        report(large)
    for finding in problems(scope):
        report(finding)
    if not has_mistakes(scope):
        balance.check(lines(scope), report)
    if scope.eliminated is not None:
        check_eliminated(scope, scope.eliminated, report)


def has_mistakes(scope: Scope) -> bool:
    """Whether anything in a scheme is wrong, so that nothing is concluded from the rest."""
    known = states(scope)
    wrong = (problem(line, known) is not None for line in scope.transitions)
    return bool(scope.absent) or len(known) < 2 or not scope.transitions or too_large(scope) is not None or any(wrong)


def problems(scope: Scope) -> Iterator[Diagnostic]:
    known = tuple(states(scope))
    for line in scope.transitions:
        finding = problem(line, known)
        if finding is not None and not (finding.code == "E320" and scope.excuses(*named(line))):
            yield finding


def named(line: Arrow) -> tuple[str, ...]:
    return tuple(term.species.text for term in (*line.left, *line.right))


def check_eliminated(scope: Scope, line: Eliminate, report: Report) -> None:
    known = states(scope)
    if line.name in known:
        value = known[line.name].value
        if value is not None:
            message = f"`{line.name}` is eliminated, and begins as 1 minus the others"
            report(Diagnostic("E324", message, value.span, "leave this value out"))
    elif not scope.excuses(line.name):
        cure = suggestion(line.name, known)
        report(Diagnostic("E320", f"`{line.name}` is no state of this scheme", line.span, cure))


def is_steady(scope: Scope) -> bool:
    """Whether the scheme begins in its steady state: no initial value is given."""
    return all(line.value is None for line in states(scope).values())


def drafts(scope: Scope, time: Unit) -> Iterator[Draft]:
    """The quantities of a scheme, but for its ordinary members."""
    if scope.block is None:
        return
    make = Maker(scope, lines(scope), scope.block.span)
    for line in make.lines:
        yield from make.rates(line, ONE / time)
    for member, definition in states(scope).items():
        yield make.state(member, definition)


@frozen
class Maker:
    """Builds the equations of one scheme."""

    scope: Scope
    lines: tuple[Line, ...]
    span: Span

    def rates(self, line: Line, unit: Unit) -> Iterator[Draft]:
        """The rates of a transition, in the unit of derivatives."""
        block, doc = self.scope.title, line.written.doc
        for member, rate in zip(line.rates, line.written.rates, strict=True):
            value = balance.side(line, self.lines, self.scope) if is_balance(rate) else Side(rate, self.scope)
            if value is not None:
                quantity = self.scope.quantity(member)
                yield Draft(quantity, Kind.EQUATION, rate.span, value, None, unit, doc, block, rescaled=True)

    def state(self, member: str, definition: Definition) -> Draft:
        scope, doc = self.scope, definition.doc
        quantity, block, span = scope.quantity(member), scope.title, definition.span
        if scope.eliminated is not None and scope.eliminated.name == member:
            value = Side(self.remainder(member), scope.root, "1 minus the others")
            return Draft(quantity, Kind.EQUATION, span, value, None, ONE, doc, block)
        rate = Side(self.balance(member), scope.root, ORIGIN)
        return Draft(quantity, Kind.STATE, span, self.start(definition), rate, ONE, doc, block)

    def start(self, definition: Definition) -> Side | None:
        """The initial value: what is written, 0 beside others that are, None for the steady state."""
        if definition.value is not None:
            return Side(definition.value, self.scope)
        if is_steady(self.scope):
            return None
        return Side(number("0", definition.span), self.scope.root, "0, as others are given")

    def remainder(self, member: str) -> Expression:
        others: list[Expression] = [self.name(each) for each in states(self.scope) if each != member][:MAX_STATES]
        one = number("1", self.span)
        return binary("-", one, total(others)) if others else one

    def balance(self, member: str) -> Expression:
        """What flows in, less what flows out. Each flow is one product, the same at both of its ends."""
        ways = [way for line in self.lines for way in line.ways]
        inward = [self.flow(start, rate) for start, end, rate in ways if end == member]
        outward = [self.flow(start, rate) for start, _, rate in ways if start == member]
        if not inward:
            return negative(total(outward)) if outward else number("0", self.span)
        result = total(inward)
        for flow in outward:
            result = binary("-", result, flow)
        return result

    def flow(self, start: str, rate: str) -> Expression:
        return binary("*", self.name(rate), self.name(start))

    def name(self, member: str) -> Expression:
        return name(self.scope.quantity(member), self.span)


def record(scope: Scope) -> Network | None:
    """The scheme; None where something is wrong with it."""
    block = scope.block
    if block is None or has_mistakes(scope):
        return None
    full = {member: scope.quantity(member) for member in (*states(scope), *scope.derived)}
    transitions = tuple(
        Transition(
            left=(Participant(full[line.start], 1),),
            right=(Participant(full[line.end], 1),),
            forward=full[line.forward],
            backward=None if line.backward is None else full[line.backward],
            span=line.written.span,
            balanced=is_balance(line.written.rates[-1]),
        )
        for line in lines(scope)
    )
    eliminated = None if scope.eliminated is None else full.get(scope.eliminated.name)
    species = tuple(full[member] for member in states(scope))
    name = ".".join(scope.path)
    return Network(name, "markov", species, transitions, block.span, eliminated=eliminated, doc=block.docs)
