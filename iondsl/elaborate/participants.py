"""What may be wrong with the lines of a reaction, and with the states that it moves."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate import reacting, spaces
from iondsl.elaborate.fluxes import joined
from iondsl.elaborate.ions import valence
from iondsl.elaborate.reacting import Line
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic, line_of, suggestion
from iondsl.syntax import Name, Term, Transition
from iondsl.system import Kind

MAX_LINES = 200
KEYWORDS = {"param": "a parameter", "input": "an input", "stimulus": "a stimulus", "": Kind.EQUATION.phrase}
BLOCKS = {"ion": "an ion, not a concentration", "gate": "a gate", "current": "a current", "flux": "a flux"}


def check(root: Scope, report: Report) -> None:
    """Everything about all reactions of a model."""
    reactions = [scope for scope in root.below() if scope.keyword == "reaction"]
    pairs = joined(root) if reactions else []
    first: dict[str, Term] = {}
    limit(reactions, report)
    for reaction in reactions:
        told: set[str] = set()
        check_form(reaction, report)
        space = None if reaction.block is None else reaction.block.space
        if space is not None and not spaces.check_name(space, reaction, report):
            reaction.home.absent.add(space.text)
        for transition in reaction.transitions:
            check_line(transition, report)
            for term in (*transition.left, *transition.right):
                check_species(term, reaction, report)
                check_place(term, reaction, first, told, report)
        for line in reacting.lines(reaction):
            check_charge(line, pairs, report)


def limit(reactions: list[Scope], report: Report) -> None:
    """E112 for more lines than one equation should add up; those beyond are left out."""
    known = 0
    for reaction in reactions:
        if known + len(reaction.transitions) > MAX_LINES:
            over = reaction.transitions[max(MAX_LINES - known, 0)]
            report(Diagnostic("E112", f"more than {MAX_LINES} lines of reactions", over.span))
            del reaction.transitions[max(MAX_LINES - known, 0) :]
            return
        known += len(reaction.transitions)


def check_form(reaction: Scope, report: Report) -> None:
    """E327 without a line, E202 for a member that the compiler adds itself."""
    block = reaction.block
    if block is None:
        return
    if not reaction.transitions and not block.unread:
        cure = "write `A + B <-> C : k_on, k_off` in it"
        report(Diagnostic("E327", f"the reaction `{block.name}` has no line with an arrow", block.span, cure))
    for member, what in reacting.members(reaction):
        if member in reaction.members:
            message = f"`{member}` already is {what} of `{block.name}`"
            report(Diagnostic("E202", message, reaction.members[member].name.span, "give it another name"))


def check_line(line: Transition, report: Report) -> None:
    """E327 for a line that is no reaction, or has the wrong number of rates."""
    needed = 2 if line.reversible else 1
    if len(line.rates) != needed:
        what = "there and back: it has two rates" if line.reversible else "one way only: it has one rate"
        message = f"this line goes {what}, and {len(line.rates)} {'is' if len(line.rates) == 1 else 'are'} written"
        cure = "write `: k_on, k_off`, or `->` for `<->`" if line.reversible else "write `: k`, or `<->` for `->`"
        report(Diagnostic("E327", message, line.rates[0].span.to(line.rates[-1].span), cure))
    zeros = [term for term in (*line.left, *line.right) if term.coefficient == 0]
    for term in zeros:
        report(Diagnostic("E327", f"none of `{term.species.text}` takes part", term.span, "leave it out"))
    if not zeros and reacting.counts(line.left) == reacting.counts(line.right):
        report(Diagnostic("E327", "both sides are the same, so nothing changes", line.span, "leave the line out"))
    if reacting.size(line) > reacting.MOST:
        message = f"more than {reacting.MOST} particles meet in this line"
        report(Diagnostic("E327", message, line.span, "split it into steps in which few meet"))


def check_species(term: Term, reaction: Scope, report: Report) -> None:
    """E201 for a name that is not there, E325 for a number that is no concentration."""
    species, found = term.species, reacting.declared(term.species, reaction)
    if found is not None:
        if not reacting.takes_part(*found):
            report(no_concentration(species, *found))
        return
    if any(outer.excuses(species.path[0]) for outer in reaction.outward()):
        return
    block = reaction.block_at(species.path)
    if block is not None and block.keyword in BLOCKS:
        what = BLOCKS[block.keyword]
        report(Diagnostic("E325", f"`{species.text}` is {what}", species.span, of_block(species, block)))
        return
    around = reaction.block_at(species.path[:-1]) if len(species.path) > 1 else None
    if around is not None and around.excuses(species.path[-1]):
        return
    if species.text == "V":
        report(Diagnostic("E325", "`V` is no concentration", species.span, PUT_INTO_RATE))
        return
    near = suggestion(species.text, candidates(reaction))
    cure = near if near and around is not None else "; or ".join(filter(None, (declare(species, around), near)))
    report(Diagnostic("E201", f"unknown species `{species.text}`", species.span, cure))


PUT_INTO_RATE = "what a rate depends on belongs behind the `:`"


def of_block(species: Name, block: Scope) -> str:
    if block.keyword != "ion":
        return PUT_INTO_RATE
    known = [f"`{species.text}.{space}`" for space in spaces.known(block) if block.holder(space) is not None]
    return f"write {' or '.join(known)}" if known else "declare its concentration in the ion: `i = 1 [mM]`"


def declare(species: Name, around: Scope | None) -> str:
    member = species.path[-1]
    if around is not None:
        return f"declare it in `{'.'.join(around.path)}`: `state {member} = 1 [mM]`"
    if len(species.path) > 1:
        return f"declare it: `ion {species.path[0]}:` with its `z` and `{member} = 1 [mM]`"
    return f"declare it: `state {member} = 1 [mM]`"


def no_concentration(species: Name, scope: Scope, member: str) -> Diagnostic:
    if scope.keyword == "ion":
        known = ", ".join(f"`{space}`" for space in spaces.known(scope))
        message = f"`{species.text}` is no concentration of `{scope.path[-1]}` in a space"
        return Diagnostic("E325", message, species.span, f"the spaces are {known}")
    if scope.keyword in ("membrane", "space"):
        return Diagnostic("E325", f"`{species.text}` is no concentration", species.span, PUT_INTO_RATE)
    what = KEYWORDS[scope.members[member].keyword]
    cure = f"declare `state {member} = ...` for what reacts; {PUT_INTO_RATE}"
    return Diagnostic("E325", f"`{species.text}` is {what}, not a state", species.span, cure)


def candidates(reaction: Scope) -> Iterator[str]:
    """Everything that can take part, as it would be written here."""
    near = {id(outer) for outer in reaction.outward()}
    for scope in reaction.root.below():
        for member in scope.members:
            if reacting.takes_part(scope, member):
                yield member if id(scope) in near else ".".join((*scope.path, member))


def check_place(term: Term, reaction: Scope, first: dict[str, Term], told: set[str], report: Report) -> None:
    """E328 for a plain state that has an equation of its own, or that a reaction of another space moves, too."""
    found = reacting.declared(term.species, reaction)
    if found is None or found[1] not in found[0].reacting:
        return
    scope, member = found
    name, (here, space) = scope.quantity(member), map(place, (reaction, scope.reacting[member]))
    before = first.setdefault(name, term)
    if before is term and member in scope.derivatives:
        message = f"`{member}` gets its `{member}' =` from the reaction `{reaction.path[-1]}`"
        cure = "leave this line out, and write what else moves it as a reaction"
        report(Diagnostic("E328", message, scope.derivatives[member].name.span, cure))
    if None not in (space, here) and space != here and name not in told:
        told.add(name)
        there = line_of(before.span, term.span)
        message = f"`{name}` is in `{space}` by {there}, so it cannot react in `{here}`"
        report(Diagnostic("E328", message, term.span, f"declare another state for what is in `{here}`"))


def place(reaction: Scope) -> str | None:
    """The full name of its space; None for one that is not known."""
    space = reacting.space_of(reaction)
    return spaces.place(reaction, space) if space in spaces.known(reaction) else None


def check_charge(line: Line, pairs: list[set[str]], report: Report) -> None:
    """W312 for ions that carry a net charge from one space to another, where currents do."""
    moved = {space: charge for space, charge in charges(line).items() if charge}
    if set(moved) in pairs and sum(moved.values()) == 0:
        outer = max(moved, key=lambda space: (space.endswith("o"), space))
        reaction = ".".join(line.reaction.path)
        size = spaces.size(line.reaction, reacting.space_of(line.reaction))
        times = {1: "", -1: "-"}.get(moved[outer], f"{moved[outer]} * ")
        factors = ["F", line.rate, *([] if size is None else [size.quantity])]
        cure = f"let it, by a current without `carries`: `I = {times}{' * '.join(factors)}`"
        message = f"this line of `{reaction}` moves net charge that `V'` does not feel"
        terms = (*line.written.left, *line.written.right)
        report(Diagnostic("W312", message, terms[0].span.to(terms[-1].span), cure))


def charges(line: Line) -> dict[str, int]:
    """The charge that ions bring into each space when the line turns once."""
    found: dict[str, int] = {}
    for sign, side in ((-1, line.left), (1, line.right)):
        for each in side:
            charge = valence(each.scope) if each.is_of_ion else 0
            if charge:
                space = spaces.place(each.scope, each.member)
                found[space] = found.get(space, 0) + sign * each.count * charge
    return found
