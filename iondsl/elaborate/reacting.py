"""The lines of a `reaction` with their species looked up: `Ca.i + B <-> CaB : k_on, k_off`."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate import spaces
from iondsl.elaborate.draft import is_literal, stated_unit
from iondsl.elaborate.scope import Scope
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Definition, Name, Term, Transition
from iondsl.units import ONE, Unit, read_unit, same_dimension

MILLIMOLAR = read_unit("mM")
INSIDE = "i"
# A rate constant has the unit concentration^(1 - n): of more particles on a side its scale would leave all bounds.
MOST = 20


@frozen
class Species:
    """So many particles of a concentration, and the block that declares it: an ion, or that of a plain state."""

    scope: Scope
    member: str
    count: int
    span: Span

    @property
    def quantity(self) -> str:
        return self.scope.quantity(self.member)

    @property
    def definition(self) -> Definition:
        return self.scope.members[self.member]

    @property
    def is_of_ion(self) -> bool:
        return self.scope.keyword == "ion"

    @property
    def is_moved(self) -> bool:
        """Whether it is a state; a fixed or derived concentration is read, as that of a bath."""
        return self.definition.keyword == "state"


@frozen
class Line:
    """A line of a reaction. `forward`, `backward` and `rate` name its quantities: `buffer.rate`, `buffer.rate_2`."""

    reaction: Scope
    position: int
    written: Transition
    left: tuple[Species, ...]
    right: tuple[Species, ...]

    @property
    def forward(self) -> str:
        return self.member("forward")

    @property
    def backward(self) -> str:
        return self.member("backward")

    @property
    def rate(self) -> str:
        return self.member("rate")

    def member(self, name: str) -> str:
        return self.reaction.quantity(numbered(name, self.position))

    @property
    def species(self) -> tuple[Species, ...]:
        return (*self.left, *self.right)

    @property
    def moved(self) -> tuple[str, ...]:
        return tuple(each.quantity for each in self.species if each.is_moved)

    def gained(self) -> dict[str, int]:
        """How many particles of what is moved one turn of the line makes; fewer than none where it takes them."""
        found: dict[str, int] = {}
        for sign, side in ((-1, self.left), (1, self.right)):
            for each in side:
                if each.is_moved:
                    found[each.quantity] = found.get(each.quantity, 0) + sign * each.count
        return found


def numbered(name: str, position: int) -> str:
    """`rate` of the first line, `rate_2` of the second."""
    return name if position == 1 else f"{name}_{position}"


def members(reaction: Scope) -> Iterator[tuple[str, str]]:
    """What the compiler adds to a reaction, and what each is."""
    for position, line in enumerate(reaction.transitions, 1):
        which = "" if len(reaction.transitions) == 1 else f" of line {position}"
        yield numbered("forward", position), f"the forward rate constant{which}"
        if line.reversible:
            yield numbered("backward", position), f"the backward rate constant{which}"
        yield numbered("rate", position), f"the net rate{which}"


def space_of(reaction: Scope) -> str:
    """Where it happens: its rates are changes of concentration there."""
    named = None if reaction.block is None else reaction.block.space
    return INSIDE if named is None else named.text


def lines(reaction: Scope) -> tuple[Line, ...]:
    """The lines in which nothing is wrong."""
    found = (line(reaction, position, each) for position, each in enumerate(reaction.transitions, 1))
    return tuple(each for each in found if each is not None)


def line(reaction: Scope, position: int, written: Transition) -> Line | None:
    own = (numbered(name, position) for name in ("forward", "backward", "rate"))
    if not is_complete(written) or any(member in reaction.members for member in own):
        return None
    left, right = (side(terms, reaction) for terms in (written.left, written.right))
    return None if left is None or right is None else Line(reaction, position, written, left, right)


def is_complete(written: Transition) -> bool:
    """Whether its form is that of a reaction: enough rates, no 0, and something that changes."""
    enough = len(written.rates) == (2 if written.reversible else 1)
    counted = all(term.coefficient > 0 for term in (*written.left, *written.right))
    return enough and counted and counts(written.left) != counts(written.right) and size(written) <= MOST


def size(written: Transition) -> int:
    """The particles on the larger side."""
    return max(sum(term.coefficient for term in terms) for terms in (written.left, written.right))


def counts(terms: tuple[Term, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for term in terms:
        found[term.species.text] = found.get(term.species.text, 0) + term.coefficient
    return found


def side(terms: tuple[Term, ...], reaction: Scope) -> tuple[Species, ...] | None:
    """The species of one side, each once."""
    found: dict[tuple[str, ...], Species] = {}
    for term in terms:
        place = declared(term.species, reaction)
        if place is None or not takes_part(*place):
            return None
        scope, member = place
        before = found.get((*scope.path, member))
        count = term.coefficient + (0 if before is None else before.count)
        span = term.span if before is None else before.span
        found[(*scope.path, member)] = Species(scope, member, count, span)
    return tuple(found.values())


def declared(species: Name, reaction: Scope) -> tuple[Scope, str] | None:
    """The block that declares a number, and its name there."""
    *path, member = species.path
    if not path:
        return next(((outer, member) for outer in reaction.outward() if member in outer.members), None)
    block = reaction.block_at(tuple(path))
    holder = None if block is None else block.holder(member)
    return (holder, member) if holder is not None and member in holder.members else None


def takes_part(scope: Scope, member: str) -> bool:
    """Whether a number is the concentration of an ion in a space, or a state that is none of the membrane's."""
    if scope.keyword == "ion":
        return member in spaces.known(scope)
    return scope.keyword not in ("membrane", "space") and scope.members[member].keyword == "state"


def unit_of(reaction: Scope) -> Unit:
    """What its concentrations are in: the unit of its first participant that states one, or else mM."""
    found = [unit for each in lines(reaction) for unit in map(stated, each.species) if unit is not None]
    return next((unit for unit in found if same_dimension(unit, MILLIMOLAR)), found[0] if found else MILLIMOLAR)


def stated(species: Species) -> Unit | None:
    """A plain state without a unit is a pure number, unless its value is worked out."""
    unit, value = stated_unit(species.definition), species.definition.value
    is_pure = unit is None and not species.is_of_ion and (value is None or is_literal(value))
    return ONE if is_pure else unit
