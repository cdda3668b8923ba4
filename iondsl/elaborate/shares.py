"""What every current, stimulus and flux moves, and from where to where: `carries 3 Na, -2 K from ss to o`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from iondsl.elaborate import ions, reacting
from iondsl.elaborate.scope import Scope
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Carrier, Definition, Name
from iondsl.system import Share

ACROSS = ("i", "o")
NOWHERE = ""


@frozen
class Move:
    """A share, and how to read its flow: as a current, or as a flux `per` a space.

    `home` is the cell whose membrane a current crosses, and per whose area it may be measured. `ends` are the pools
    at the two ends, such as `dend.Ca.i` and `Ca.o`, whether they are declared or not. What a line of a reaction makes
    is a flux `per` its space, from nowhere to the `pool`, which is named.
    """

    share: Share
    is_current: bool
    per: Name | None
    span: Span
    home: Scope
    pool: str | None = None

    @property
    def ends(self) -> tuple[str, str]:
        if self.pool is not None:
            return NOWHERE, self.pool
        return pool_at(self.share.start, self.share.ion, self.home), pool_at(self.share.end, self.share.ion, self.home)


def pool_at(space: str, ion: str, home: Scope) -> str:
    """The pool of an ion at an end such as `o` or `dend.i`, which names the space of another compartment."""
    found = holder_at(space, ion, home)
    return f"{ion}.{space}" if found is None else found.quantity(space.rpartition(".")[2])


def holder_at(space: str, ion: str, home: Scope) -> Scope | None:
    """The ion that has the concentration at an end; if none has it, the one that is seen there."""
    *cell, member = space.split(".")
    found = home.ion((*cell, ion.rpartition(".")[2]))
    return None if found is None else found.holder(member) or found


def moves(root: Scope) -> Iterator[Move]:
    """Everything that moves ions, in the order of the file."""
    found = []
    for scope in root.below():
        if scope.block is not None and is_flow(scope):
            per, span, home, order = scope.block.per, written_at(scope), scope.home, order_of(scope)
            is_current = scope.keyword == "current"
            found += [(order, Move(share, is_current, per, span, home)) for share in of_block(scope)]
        for member, definition in scope.members.items():
            carried = of_stimulus(scope, scope.quantity(member), definition) if definition.carries else ()
            found += [(definition.order, Move(share, True, None, definition.span, scope.home)) for share in carried]
        reacting_here = of_reaction(scope) if scope.keyword == "reaction" else ()
        found += [(each.span.order, each) for each in reacting_here]
    return (move for _, move in sorted(found, key=lambda each: each[0]))


def is_flow(scope: Scope) -> bool:
    """Whether it is a current or flux that leads somewhere; what it lacks is reported elsewhere."""
    leads = scope.keyword == "current" or (scope.block is not None and scope.block.ends is not None)
    return scope.keyword in ("current", "flux") and leads and scope.declares(scope.main)


def written_at(scope: Scope) -> Span:
    """Where a current's `I` or a flux's `J` stands, or else its header."""
    main = scope.members.get(scope.main)
    if main is not None:
        return main.span
    assert scope.block is not None
    return scope.block.span


def order_of(scope: Scope) -> tuple[int, ...]:
    """What puts currents and fluxes in the order of the file."""
    main = scope.members.get(scope.main)
    return written_at(scope).order if main is None else main.order


def of_block(scope: Scope) -> tuple[Share, ...]:
    """The shares of a current or a flux."""
    assert scope.block is not None
    carriers, flow = scope.block.carries, scope.quantity(scope.main)
    ends = ends_of(scope)
    if scope.keyword == "flux":
        counts = [Fraction(1 if each.coefficient is None else each.coefficient) for each in carriers]
        return tuple(share(scope, each, flow, ends, None, count) for each, count in zip(carriers, counts, strict=True))
    written = scope.blocks.get("I")
    if written is not None:
        flows = [written.quantity(each.ion.path[0]) for each in carriers]
        return tuple(
            share(scope, each, its_flow, ends, None, per_charge(scope, each))
            for each, its_flow in zip(carriers, flows, strict=True)
        )
    return of_cycle(scope, carriers, flow, ends)


def of_stimulus(scope: Scope, flow: str, definition: Definition) -> tuple[Share, ...]:
    """Inward positive: from the outer end to the inner."""
    found = of_cycle(scope, definition.carries, flow, ACROSS)
    return tuple(replace(each, start=each.end, end=each.start) for each in found)


def of_reaction(reaction: Scope) -> Iterator[Move]:
    """What each line makes of every concentration that it moves; negative where it takes it."""
    for line in reacting.lines(reaction):
        space = Name((reacting.space_of(reaction),), line.written.span)
        for pool, count in line.gained().items():
            if count != 0:
                share = Share("", count, line.rate, NOWHERE, pool, None, Fraction(count))
                yield Move(share, False, space, line.written.span, reaction.home, pool)


def of_cycle(scope: Scope, carriers: tuple[Carrier, ...], flow: str, ends: tuple[str, str]) -> tuple[Share, ...]:
    """Shares of one net current, by the charge that a cycle moves."""
    net = net_charge(scope, carriers)
    found = []
    for each in carriers:
        part = particles = None
        valence = valence_of(scope, each)
        if net and valence is not None:
            count = 1 if each.coefficient is None else each.coefficient
            part, particles = Fraction(count * valence, net), Fraction(count, net)
        found.append(share(scope, each, flow, ends, part, particles))
    return tuple(found)


def share(
    scope: Scope,
    carrier: Carrier,
    flow: str,
    ends: tuple[str, str],
    part: Fraction | None,
    particles: Fraction | None,
) -> Share:
    """`Ca.ss` names the inner end of its own."""
    name, *space = carrier.ion.path
    block = scope.ion((name,))
    ion = name if block is None else ".".join(block.path)
    start = ".".join(space) if space else ends[0]
    return Share(ion, carrier.coefficient, flow, start, ends[1], part, particles)


def ends_of(scope: Scope) -> tuple[str, str]:
    """`from A to B`; a current without it leads from `i` to `o`."""
    ends = None if scope.block is None else scope.block.ends
    return ACROSS if ends is None else (ends[0].text, ends[1].text)


def net_charge(scope: Scope, carriers: tuple[Carrier, ...]) -> int | None:
    """Of a current, in one cycle; None where it is not known, as for several ions without numbers."""
    uncounted = len(carriers) > 1 and any(carrier.coefficient is None for carrier in carriers)
    return None if uncounted else charge_of(scope, carriers)


def charge_of(scope: Scope, carriers: tuple[Carrier, ...]) -> int | None:
    """The charge of all that is carried, one of each ion without a number; None where a valence is not known."""
    charge = 0
    for carrier in carriers:
        valence = valence_of(scope, carrier)
        if valence is None:
            return None
        charge += valence * (1 if carrier.coefficient is None else carrier.coefficient)
    return charge


def per_charge(scope: Scope, carrier: Carrier) -> Fraction | None:
    valence = valence_of(scope, carrier)
    return Fraction(1, valence) if valence else None


def valence_of(scope: Scope, carrier: Carrier) -> int | None:
    block = scope.ion(carrier.ion.path[:1])
    return None if block is None else ions.valence(block)
