"""The pools: concentrations of ions in spaces, and the balance of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from iondsl.elaborate import reacting, shares, spaces
from iondsl.elaborate.draft import Draft, Side, binary, name, stated_unit
from iondsl.elaborate.scope import POOL, SPECIES, Report, Scope
from iondsl.elaborate.spaces import Size
from iondsl.errors import Diagnostic, suggestion
from iondsl.immutable import frozen
from iondsl.inference import Lookup
from iondsl.source import Span
from iondsl.system import Booked, Kind
from iondsl.system import Pool as Record
from iondsl.units import ONE, Unit, read_unit

MILLIMOLAR = read_unit("mM")


@frozen
class Pool:
    """An ion in a space, whether it is declared there or not.

    A plain state that reactions move is one, too: `ion` is the block that declares it, `space` its name there, and
    `reaction` the first that moves it, in whose space it is.
    """

    ion: Scope
    space: str
    reaction: Scope | None = None

    @property
    def quantity(self) -> str:
        return self.ion.quantity(self.space)

    @property
    def influx(self) -> str:
        return f"{self.quantity}.influx"

    @property
    def amount(self) -> str:
        return f"{self.quantity}.amount"

    @property
    def size(self) -> Size | None:
        return spaces.size(*self.seen)

    @property
    def place(self) -> str:
        """The full name of its space."""
        return spaces.place(*self.seen)

    @property
    def seen(self) -> tuple[Scope, str]:
        """The name of its space, and where it has this name."""
        return (self.ion, self.space) if self.reaction is None else (self.reaction, reacting.space_of(self.reaction))

    @property
    def is_booked(self) -> bool:
        return is_booked(self.ion, self.space) if self.reaction is None else self.space not in self.ion.derivatives

    @property
    def span(self) -> Span:
        """Where it is declared, or else its ion."""
        if self.space in self.ion.members:
            return self.ion.members[self.space].span
        assert self.ion.block is not None
        return self.ion.block.span

    @property
    def stated_unit(self) -> Unit:
        """That of its line, mM where it says none."""
        written = self.ion.members.get(self.space)
        return MILLIMOLAR if written is None else stated_unit(written) or MILLIMOLAR

    def unit(self, lookup: Lookup) -> Unit:
        """Of the concentration; mM for one that is missing, or that nothing gives a unit."""
        written = self.ion.members.get(self.space)
        unit = None if written is None else lookup(self.quantity)
        unknown = unit is None or (unit == ONE and written is not None and not written.keyword)
        return MILLIMOLAR if unit is None or unknown else unit


def pool_of(ion: Scope, space: str) -> Pool:
    """The pool that a space means in a cell: of its own ion where that has the concentration, else of the model's."""
    return Pool(ion.holder(space) or ion, space)


def is_booked(scope: Scope, member: str) -> bool:
    """Whether a member of an ion is a state that follows what is booked on it."""
    definition = scope.members.get(member)
    if scope.keyword != "ion" or definition is None or definition.keyword != "state" or member in scope.derivatives:
        return False
    return spaces.size(scope, member) is not None


def needed(root: Scope) -> tuple[Pool, ...]:
    """The pools whose balance is derived or read, as `prepare` has announced them."""
    return tuple(
        Pool(scope, space)
        for scope in root.below()
        if scope.keyword == "ion"
        for space, inner in scope.blocks.items()
        if inner.keyword == POOL
    )


def booked(root: Scope) -> Iterator[Pool]:
    for scope in root.below():
        yield from (Pool(scope, member) for member in scope.members if is_booked(scope, member))


def species(root: Scope) -> tuple[Pool, ...]:
    """The plain states that reactions move."""
    return tuple(Pool(scope, state, first) for scope in root.below() for state, first in scope.reacting.items())


def prepare(root: Scope, read: Iterable[Pool]) -> None:
    """Announce what is derived of every pool, before any name is looked up. `read` are those that `influx` reads."""
    for pool in (*read, *booked(root)):
        derived = {"influx", "amount"} if pool.is_booked else {"influx"}
        pool.ion.blocks[pool.space] = Scope(POOL, (*pool.ion.path, pool.space), pool.ion, derived=derived)
    for pool in species(root):
        if pool.size is not None:
            path = (*pool.ion.path, pool.space)
            pool.ion.blocks[pool.space] = Scope(SPECIES, path, pool.ion, derived={"amount"})


def drafts(root: Scope) -> Iterator[Draft]:
    """`Ca.i.influx`, which is measured and filled in once other units are known, and `Ca.i.amount`."""
    for pool in needed(root):
        doc = f"everything that is booked on {pool.quantity}"
        yield Draft(pool.influx, Kind.EQUATION, pool.span, None, doc=doc, block=pool.ion.title)
    for pool in (*needed(root), *species(root)):
        if pool.is_booked and pool.size is not None:
            value = binary("*", name(pool.quantity, pool.span), name(pool.size.quantity, pool.span))
            side = Side(value, root, "concentration times size")
            yield Draft(pool.amount, Kind.EQUATION, pool.span, side, block=pool.ion.title)


def measured(root: Scope, drafts: Mapping[str, Draft], time: Unit, lookup: Lookup) -> dict[str, Draft]:
    """Every `Ca.i.influx` with its unit, that of the concentration over time."""
    return {pool.influx: replace(drafts[pool.influx], unit=pool.unit(lookup) / time) for pool in needed(root)}


def balance(scope: Scope, member: str) -> Side:
    """The right side of `i' =` where it is not written."""
    pool = Pool(scope, member)
    return Side(name(pool.influx, pool.span), scope.root, f"balance of {pool.quantity}")


def no_balance(scope: Scope, member: str, report: Report) -> None:
    """A state of an ion without `x' =` that is no pool, or one of an infinite space."""
    written, known = scope.members[member], spaces.known(scope)
    quantity, cure = scope.quantity(member), f"or write `{member}' = ...`"
    if member in known:
        spaces.has_size(scope, member, f"the balance of `{quantity}`", written.name.span, report, cure)
    elif not any(outer.excuses(member) for outer in scope.home.outward()):
        near = suggestion(member, known) or f"write `{member}' = ...`, or declare `space {member}:` with a volume"
        message = f"the state `{member}` has no `{member}' =`, and no space has this name"
        report(Diagnostic("E303", message, written.name.span, near))


def records(root: Scope) -> Iterator[Record]:
    """What is booked on every pool, also on those that nothing reads."""
    moves = list(shares.moves(root))
    for scope in root.below():
        if scope.keyword != "ion":
            continue
        for pool in (Pool(scope, space) for space in spaces.known(scope)):
            found = tuple(Booked(move.share.flow, count) for move, count in booked_on(pool.quantity, moves))
            if found:
                yield Record(".".join(scope.path), pool.place, pool.quantity, found)


def booked_on(pool: str, moves: list[shares.Move]) -> Iterator[tuple[shares.Move, Fraction]]:
    """What moves an ion into a pool (positive) or out of it: particles per charge, or per unit of a flux."""
    for move in moves:
        particles, ends = move.share.particles, move.ends
        if particles is not None and ends[0] != ends[1] and pool in ends:
            yield move, particles if pool == ends[1] else -particles
