"""`reaction` → its rate constants and net rates by mass action, and what may be wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iondsl.elaborate import reacting
from iondsl.elaborate.draft import Draft, Side, binary, in_unit, name, number
from iondsl.elaborate.reacting import Line, Species
from iondsl.elaborate.scope import Scope
from iondsl.syntax import Expression, Name
from iondsl.system import Kind
from iondsl.units import Unit

ORIGIN = "mass action"


def prepare(root: Scope) -> None:
    """Announce what will be derived, before any name is looked up, and mark the states that reactions move."""
    for reaction in root.below():
        if reaction.keyword != "reaction" or reaction.block is None:
            continue
        reaction.derived |= {member for member, _ in reacting.members(reaction)}
        terms = [term for line in reaction.transitions for term in (*line.left, *line.right)]
        for scope, member in plain(reaction, [term.species for term in terms]):
            scope.reacting.setdefault(member, reaction)
        lost = [Name((each,), reaction.block.span) for each in sorted(reaction.block.unread)]
        for scope, member in plain(reaction, lost):
            scope.absent.add(member)


def plain(reaction: Scope, names: Iterable[Name]) -> Iterator[tuple[Scope, str]]:
    """The states among some names that no ion has."""
    places = (reacting.declared(each, reaction) for each in names)
    return (each for each in places if each is not None and each[0].keyword != "ion" and reacting.takes_part(*each))


def drafts(reaction: Scope, time: Unit) -> Iterator[Draft]:
    """The quantities of every line that is sound."""
    unit, title = reacting.unit_of(reaction), reaction.title
    for line in reacting.lines(reaction):
        sides = [("forward", line.left), ("backward", line.right)][: len(line.written.rates)]
        terms = []
        for (member, side), written in zip(sides, line.written.rates, strict=True):
            constant = line.member(member)
            measured = constant_unit(side, unit, time)
            constant_side = Side(written, reaction)
            yield Draft(
                constant, Kind.EQUATION, written.span, constant_side, unit=measured, block=title, rescaled=True
            )
            terms.append(turnover(name(constant, written.span), side, unit))
        net = terms[0] if len(terms) == 1 else binary("-", *terms)
        value = Side(net, reaction.root, ORIGIN)
        doc, span = line.written.doc, line.written.span
        yield Draft(line.rate, Kind.EQUATION, span, value, unit=unit / time, doc=doc, block=title)


def constant_unit(side: tuple[Species, ...], unit: Unit, time: Unit) -> Unit:
    """concentration^(1 - n)/time for n particles that meet."""
    particles: int = sum(each.count for each in side)
    return unit ** (1 - particles) / time


def turnover(constant: Expression, side: tuple[Species, ...], unit: Unit) -> Expression:
    """k A^2 B."""
    for each in side:
        concentration = in_unit(name(each.quantity, each.span), unit, each.span)
        power = concentration if each.count == 1 else binary("^", concentration, number(str(each.count), each.span))
        constant = binary("*", constant, power)
    return constant


def consumed(root: Scope) -> set[str]:
    """The concentrations that the equation of a rate reads."""
    found = set()
    for line in lines(root):
        sides = (line.left, line.right) if line.written.reversible else (line.left,)
        found |= {each.quantity for side in sides for each in side}
    return found


def lines(root: Scope) -> Iterator[Line]:
    """Every sound line of every reaction, in the order of the file."""
    for scope in root.below():
        if scope.keyword == "reaction":
            yield from reacting.lines(scope)
