"""The records of reactions: who takes part in which line, and how much of it a unit of the line's rate moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iondsl.elaborate import reacting
from iondsl.elaborate.booking import Booking
from iondsl.elaborate.calls import Calls
from iondsl.elaborate.pools import Pool
from iondsl.elaborate.reacting import Line, Species
from iondsl.elaborate.scope import Scope
from iondsl.elaborate.shares import Move
from iondsl.elaborate.units import Units
from iondsl.immutable import frozen
from iondsl.inference import Equation, exact, infer
from iondsl.syntax import Expression, Number
from iondsl.system import Network, Participant, Quantity, Transition
from iondsl.units import factor, same_dimension


def recorder(booking: Booking, calls: Calls, units: Units, quantities: Mapping[str, Quantity]) -> Recorder:
    return Recorder(booking, calls, units, quantities, {each.share.flow: each for each in booking.moves})


@frozen
class Recorder:
    """Makes the records of one model, once its units are known."""

    booking: Booking
    calls: Calls
    units: Units
    quantities: Mapping[str, Quantity]
    moves: Mapping[str, Move]

    def reactions(self, root: Scope) -> Iterator[Network]:
        for scope in root.below():
            if scope.keyword == "reaction" and scope.block is not None:
                yield self.reaction(scope)

    def reaction(self, scope: Scope) -> Network:
        assert scope.block is not None
        lines = reacting.lines(scope)
        moved = {name for line in lines for name in line.moved}
        return Network(
            name=".".join(scope.path),
            keyword="reaction",
            species=tuple(name for name in self.quantities if name in moved and self.is_free(name)),
            transitions=tuple(self.transition(line) for line in lines),
            span=scope.block.span,
            space=reacting.space_of(scope),
            doc=scope.block.docs,
        )

    def is_free(self, name: str) -> bool:
        """Whether all that changes it is booked on it; what has a written `x' =` follows that."""
        quantity = self.quantities[name]
        return quantity.is_booked or quantity.store is not None

    def transition(self, line: Line) -> Transition:
        left, right = (tuple(self.participant(each, line) for each in side) for side in (line.left, line.right))
        backward = line.backward if line.written.reversible else None
        return Transition(left, right, line.forward, backward, line.written.span, rate=line.rate, doc=line.written.doc)

    def participant(self, species: Species, line: Line) -> Participant:
        scale = self.scale(species, line) if species.is_moved else None
        return Participant(species.quantity, species.count, scale, self.measure(species, line))

    def measure(self, species: Species, line: Line) -> Expression | None:
        """The factor to the unit of the reaction; None for 1."""
        unit, asked = self.units.lookup(species.quantity), reacting.unit_of(line.reaction)
        if unit is None or not same_dimension(unit, asked) or factor(unit, asked) == 1:
            return None
        return exact(factor(unit, asked), species.span)

    def scale(self, species: Species, line: Line) -> Expression | None:
        """What one unit of the rate is in the species' own unit over time; None for the same."""
        pool = Pool(species.scope, species.member, None if species.is_of_ion else line.reaction)
        move, unit = self.moves.get(line.rate), self.units.lookup(pool.quantity)
        expression = None if unit is None or move is None else self.booking.scale(pool, move, unit / self.units.time)
        if expression is None:
            return None
        formula = self.calls.formula(expression, self.calls.names.root)
        found = infer(Equation("", derived=True), formula.expanded, self.units.rules).expression
        return None if isinstance(found, Number) and found.text == "1" else found
